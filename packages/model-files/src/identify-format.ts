export type ModelFormat =
  | 'onnx'
  | 'pickle'
  | 'joblib'
  | 'pytorch'
  | 'hdf5'
  | 'keras'
  | 'npy'
  | 'npz'
  | 'zip'
  | 'safetensors'
  | 'gguf'
  | 'compressed'
  | 'unknown';

/** How many bytes from the beginning of a file are enough for `identifyFormat`. */
export const headBytes = 65_536;

const maximumSafetensorsHeader = 100_000_000n;

function startsWith(head: Uint8Array, ...magic: readonly number[]): boolean {
  return head.length >= magic.length && magic.every((byte, index) => head[index] === byte);
}

function latin(head: Uint8Array, from = 0, to = head.length): string {
  return new TextDecoder('latin1').decode(head.subarray(from, to));
}

function isSafetensors(head: Uint8Array): boolean {
  if (head.length < 10 || head[8] !== 0x7b) return false;
  const length = new DataView(head.buffer, head.byteOffset).getBigUint64(0, true);
  return length >= 2n && length <= maximumSafetensorsHeader;
}

/** The tags of ModelProto's fields that have one byte: number and wire type. */
const modelTags = [0x08, 0x12, 0x1a, 0x22, 0x28, 0x32, 0x3a, 0x42, 0x72];

/** Protobuf has no magic: ir_version (a small varint), then another field; under the name .onnx any field may be first. */
function isOnnx(head: Uint8Array, name: string): boolean {
  const [first, version, next] = head;
  if (first === undefined || version === undefined || next === undefined) return false;
  if (first === 0x08 && version > 0 && version < 0x80 && modelTags.includes(next)) return true;
  return /\.onnx$/i.test(name) && modelTags.includes(first);
}

function zipKind(head: Uint8Array): ModelFormat {
  const text = latin(head);
  if (text.includes('data.pkl')) return 'pytorch';
  if (text.includes('model.weights.h5')) return 'keras';
  const nameLength = (head[26] ?? 0) + 256 * (head[27] ?? 0);
  return latin(head, 30, 30 + nameLength).endsWith('.npy') ? 'npz' : 'zip';
}

const compressions: readonly (readonly number[])[] = [
  [0x1f, 0x8b],
  [0x42, 0x5a, 0x68],
  [0xfd, 0x37, 0x7a, 0x58, 0x5a, 0x00],
  [0x04, 0x22, 0x4d, 0x18],
  [0x28, 0xb5, 0x2f, 0xfd],
  [0x78, 0x01],
  [0x78, 0x5e],
  [0x78, 0x9c],
  [0x78, 0xda],
];

/** Protocols 0 and 1 have no magic either: an opcode that a stream may begin with, and what must follow it. */
function isOldPickle(text: string): boolean {
  const isGlobal = /^\(?[ci][A-Za-z_][\w.]*\n[A-Za-z_][\w.]*\n/.test(text);
  const isContainer = /^\((lp|dp|tp)\d+\n/.test(text) || /^(\([ldt]|[\]})])[.(]/.test(text);
  const isScalar = /^[IVSFL][^\n]{0,200}\n[p.]/.test(text);
  const isBinaryContainer = '(]}'.includes(text.charAt(0)) && text.startsWith('q\u0000', 1);
  return isGlobal || isContainer || isScalar || isBinaryContainer;
}

function pickleKind(head: Uint8Array): ModelFormat | null {
  const isProtocol2 = head[0] === 0x80 && (head[1] ?? 0) >= 2 && (head[1] ?? 99) <= 5;
  const text = latin(head);
  if (!isProtocol2 && !isOldPickle(text)) return null;
  return text.includes('joblib.numpy_pickle') ? 'joblib' : 'pickle';
}

const pickleNames = /\.(pkl|pickle|joblib|dill|cloudpickle)(\.(gz|z|bz2|xz|lzma|zst|lz4))?$/i;

/**
 * What a file is, by its first bytes (`headBytes` are enough) and not by its name: a pickle called model.onnx is a
 * pickle. The name only tells which of two formats with the same bytes it is (a compressed joblib from other
 * compressed files). Never decides that a file is safe.
 */
export function identifyFormat(head: Uint8Array, name: string): ModelFormat {
  if (startsWith(head, 0x89, 0x48, 0x44, 0x46, 0x0d, 0x0a, 0x1a, 0x0a)) return 'hdf5';
  if (startsWith(head, 0x50, 0x4b, 0x03, 0x04)) return zipKind(head);
  if (startsWith(head, 0x47, 0x47, 0x55, 0x46)) return 'gguf';
  if (startsWith(head, 0x93, 0x4e, 0x55, 0x4d, 0x50, 0x59)) return 'npy';
  if (compressions.some((magic) => startsWith(head, ...magic))) return pickleNames.test(name) ? 'joblib' : 'compressed';
  if (isSafetensors(head)) return 'safetensors';
  return pickleKind(head) ?? (isOnnx(head, name) ? 'onnx' : 'unknown');
}
