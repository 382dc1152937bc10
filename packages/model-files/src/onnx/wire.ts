import { BinaryReader, WireType } from '@bufbuild/protobuf/wire';

/** One field of a protobuf message as it stands on the wire. Fixed-width values are skipped: no fact that we need has them. */
export type Field =
  | { readonly number: number; readonly kind: 'varint'; readonly value: bigint }
  | { readonly number: number; readonly kind: 'bytes'; readonly bytes: Uint8Array }
  | { readonly number: number; readonly kind: 'fixed' };

/** The fields of a message in the order of the bytes; nested messages are views, never copies. Throws on damaged bytes. */
export function* fieldsOf(bytes: Uint8Array): Generator<Field> {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [number, type] = reader.tag();
    yield fieldOf(reader, number, type);
  }
}

function fieldOf(reader: BinaryReader, number: number, type: WireType): Field {
  switch (type) {
    case WireType.Varint:
      return { number, kind: 'varint', value: BigInt(reader.int64()) };
    case WireType.LengthDelimited:
      return { number, kind: 'bytes', bytes: reader.bytes() };
    case WireType.Bit32:
    case WireType.Bit64:
      reader.skip(type, number);
      return { number, kind: 'fixed' };
    default:
      throw new RangeError(`wire type ${type} at byte ${reader.pos}`);
  }
}

/** The nested messages with that field number. */
export function messagesOf(fields: readonly Field[], number: number): readonly Uint8Array[] {
  return fields.flatMap((field) => (field.number === number && field.kind === 'bytes' ? [field.bytes] : []));
}

/** The last text with that number, as protobuf reads repeated scalars; '' if there is none. Throws where it is not UTF-8. */
export function textOf(fields: readonly Field[], number: number): string {
  const bytes = messagesOf(fields, number).at(-1);
  return bytes === undefined ? '' : new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
}

/** The last integer with that number; null if there is none. */
export function integerOf(fields: readonly Field[], number: number): bigint | null {
  const values = fields.flatMap((field) => (field.number === number && field.kind === 'varint' ? [field.value] : []));
  return values.at(-1) ?? null;
}
