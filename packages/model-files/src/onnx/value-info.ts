import { type Field, fieldsOf, integerOf, messagesOf, textOf } from './wire.ts';

/** An input or output of a graph. */
export interface OnnxValue {
  readonly name: string;
  readonly kind: 'tensor' | 'sequence' | 'map' | 'optional' | 'sparse-tensor' | 'opaque' | 'undeclared';
  /** Element type of a tensor (`float32`, `int64`, `string` …); null for the others. */
  readonly type: string | null;
  /** A number, the name of a free dimension, or null for an unnamed one; null where the rank is not declared. */
  readonly shape: readonly (number | string | null)[] | null;
}

/** TensorProto.DataType of onnx.proto, by number. */
const elementTypes: readonly string[] = [
  'undefined',
  'float32',
  'uint8',
  'int8',
  'uint16',
  'int16',
  'int32',
  'int64',
  'string',
  'bool',
  'float16',
  'float64',
  'uint32',
  'uint64',
  'complex64',
  'complex128',
  'bfloat16',
  'float8e4m3fn',
  'float8e4m3fnuz',
  'float8e5m2',
  'float8e5m2fnuz',
  'uint4',
  'int4',
  'float4e2m1',
  'float8e8m0',
  'uint2',
  'int2',
];

const kinds: Readonly<Record<number, OnnxValue['kind']>> = {
  1: 'tensor',
  4: 'sequence',
  5: 'map',
  7: 'opaque',
  8: 'sparse-tensor',
  9: 'optional',
};

function readDimension(bytes: Uint8Array): number | string | null {
  const fields = [...fieldsOf(bytes)];
  const value = integerOf(fields, 1);
  if (value !== null) return value < 0n ? null : Number(value);
  return textOf(fields, 2) || null;
}

function readShape(tensor: readonly Field[]): OnnxValue['shape'] {
  const shape = messagesOf(tensor, 2).at(-1);
  return shape === undefined ? null : messagesOf([...fieldsOf(shape)], 1).map(readDimension);
}

function elementType(tensor: readonly Field[]): string {
  const number = Number(integerOf(tensor, 1) ?? 0n);
  return elementTypes[number] ?? `type-${number}`;
}

/** A ValueInfoProto. Throws on damaged bytes. */
export function readValueInfo(bytes: Uint8Array): OnnxValue {
  const fields = [...fieldsOf(bytes)];
  const name = textOf(fields, 1);
  const type = [...fieldsOf(messagesOf(fields, 2).at(-1) ?? new Uint8Array())].find((field) => field.number in kinds);
  if (type?.kind !== 'bytes') return { name, kind: 'undeclared', type: null, shape: null };
  const kind = kinds[type.number] ?? 'undeclared';
  if (kind !== 'tensor') return { name, kind, type: null, shape: null };
  const tensor = [...fieldsOf(type.bytes)];
  return { name, kind, type: elementType(tensor), shape: readShape(tensor) };
}
