import { type FileHandle, open, stat } from 'node:fs/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { fileProblems } from '../problems.ts';
import { isMissing, type Place } from './place-inside.ts';

/** The limit of protobuf, hence of ONNX. */
const mostBytes = 2 ** 31;
/** What people write is small; more is data in the wrong place. */
const mostText = 2 ** 28;
const chunk = 2 ** 26;

/** One read call of Node ends below 2 GiB: larger files come in pieces. */
async function readAll(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(size);
  let filled = 0;
  while (filled < size) {
    const { bytesRead } = await handle.read(bytes, filled, Math.min(chunk, size - filled), filled);
    if (bytesRead === 0) break;
    filled += bytesRead;
  }
  return filled === size ? bytes : bytes.slice(0, filled);
}

async function readLimited(place: Place, limit: { readonly bytes: number; readonly text: string }) {
  // asked before it is opened: a pipe would keep us waiting
  const facts = await stat(place.named);
  if (!facts.isFile()) throw new ProblemError(fileProblems.notAFile(place.path));
  if (facts.size > limit.bytes) throw new ProblemError(fileProblems.tooLarge(place.path, limit.text));
  const handle = await open(place.named, 'r');
  try {
    return await readAll(handle, facts.size);
  } finally {
    await handle.close();
  }
}

async function readOrNull(place: Place, limit: { readonly bytes: number; readonly text: string }) {
  try {
    return await readLimited(place, limit);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    if (isMissing(cause)) return null;
    throw new ProblemError(fileProblems.failed('read', place.path, cause), { cause });
  }
}

/** The bytes of a file; null if there is none. Problems: `file-too-large`, `not-a-file`, `file-unreadable`. */
export async function readBytes(place: Place): Promise<Uint8Array | null> {
  return readOrNull(place, { bytes: mostBytes, text: '2 GiB' });
}

/** The text of a file; null if there is none. Problems as for bytes, and `file-not-text`. */
export async function readText(place: Place): Promise<string | null> {
  const bytes = await readOrNull(place, { bytes: mostText, text: '256 MiB' });
  if (bytes === null) return null;
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new ProblemError(fileProblems.notText(place.path), { cause });
  }
}
