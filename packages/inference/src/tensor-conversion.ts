import { ProblemError, type Tensor, type TensorType } from '@model-gitops/lifecycle';
import type { Tensor as OrtTensor } from 'onnxruntime-node';
import { inferenceProblems } from './problems.ts';

type OrtData =
  | Float32Array
  | Float64Array
  | Int8Array
  | Uint8Array
  | Int16Array
  | Uint16Array
  | Int32Array
  | Uint32Array
  | BigInt64Array
  | BigUint64Array
  | string[];
type Encode = (data: Tensor['data']) => OrtData;

const numbers = (data: Tensor['data']) => data as ArrayLike<number>;
const bigints = (data: Tensor['data']) => data as ArrayLike<bigint>;

/** How each element type is laid out for the engine; float16 is read only, below Node 24 there is no array of it. */
const encoders: Readonly<Record<Exclude<TensorType, 'float16'>, Encode>> = {
  float32: (data) => (data instanceof Float32Array ? data : Float32Array.from(numbers(data))),
  float64: (data) => (data instanceof Float64Array ? data : Float64Array.from(numbers(data))),
  int8: (data) => Int8Array.from(numbers(data)),
  uint8: (data) => Uint8Array.from(numbers(data)),
  int16: (data) => Int16Array.from(numbers(data)),
  uint16: (data) => Uint16Array.from(numbers(data)),
  int32: (data) => Int32Array.from(numbers(data)),
  uint32: (data) => Uint32Array.from(numbers(data)),
  int64: (data) => BigInt64Array.from(bigints(data) as ArrayLike<bigint> & Iterable<bigint>),
  uint64: (data) => BigUint64Array.from(bigints(data) as ArrayLike<bigint> & Iterable<bigint>),
  bool: (data) => Uint8Array.from(data as readonly boolean[], (value) => (value ? 1 : 0)),
  string: (data) => [...(data as readonly string[])],
};

/** The engine's data for a tensor; problem `unsupported-tensor` for float16. */
export function encodeTensor(name: string, tensor: Tensor): OrtData {
  if (tensor.type === 'float16') throw new ProblemError(inferenceProblems.unsupportedTensor(name, tensor.type));
  return encoders[tensor.type](tensor.data);
}

/** IEEE 754 half precision by its bits. */
function halfToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * 2 ** -24 * fraction;
  if (exponent === 31) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * 2 ** (exponent - 15) * (1 + fraction / 1024);
}

function decodeData(type: TensorType, data: unknown): Tensor['data'] {
  if (type === 'float32' || type === 'float64') return data as Float32Array | Float64Array;
  if (type === 'float16' && data instanceof Uint16Array) return Array.from(data, halfToNumber);
  if (type === 'bool') return Array.from(data as Uint8Array, (value) => value !== 0);
  if (type === 'string') return [...(data as readonly string[])];
  if (type === 'int64' || type === 'uint64') return [...(data as BigInt64Array)];
  return Array.from(data as ArrayLike<number>);
}

/** The names that the engine and the port share. */
export function tensorType(type: string): TensorType | null {
  return type in encoders || type === 'float16' ? (type as TensorType) : null;
}

/** A tensor of the engine as a plain value; problem `unsupported-tensor` for exotic element types. */
export function decodeTensor(name: string, tensor: OrtTensor): Tensor {
  const type = tensorType(tensor.type);
  if (type === null) throw new ProblemError(inferenceProblems.unsupportedTensor(name, tensor.type));
  return { type, shape: [...tensor.dims], data: decodeData(type, tensor.data) };
}
