import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { ProblemError, type StoredFile } from '@model-gitops/lifecycle';
import { storeProblems } from './problems.ts';

/** Passes bytes on and remembers their digest and number. */
function meter() {
  const hash = createHash('sha256');
  let size = 0;
  const stream = new Transform({
    transform(chunk: Uint8Array, _encoding, done) {
      hash.update(chunk);
      size += chunk.length;
      done(null, chunk);
    },
  });
  return { stream, digest: () => hash.digest('hex'), size: () => size };
}

function refuseOther(found: string, sha256: string): void {
  if (found !== sha256) throw new ProblemError(storeProblems.mismatch(sha256, found), { kind: 'refused' });
}

/**
 * Streams bytes to a temporary name beside a place, and renames it only if they have the digest: a reader never sees
 * half a file or a wrong one, and two writers of the same bytes do not disturb each other.
 * Problem `digest-mismatch` (refused); nothing is left behind then.
 */
export async function writeVerified(
  open: () => AsyncIterable<Uint8Array>,
  to: string,
  sha256: string,
): Promise<StoredFile> {
  const partial = `${to}.${randomUUID()}.partial`;
  await mkdir(dirname(to), { recursive: true });
  try {
    const { stream, digest, size } = meter();
    // opened here, not before: a file that is missing would tell so while nobody listens
    await pipeline(open(), stream, createWriteStream(partial, { flags: 'wx', flush: true }));
    refuseOther(digest(), sha256);
    await rename(partial, to);
    return { path: to, sha256, size: size() };
  } finally {
    await rm(partial, { force: true });
  }
}

/** Streams a file to another place; see `writeVerified`. */
export async function copyVerified(from: string, to: string, sha256: string): Promise<StoredFile> {
  return writeVerified(() => createReadStream(from), to, sha256);
}

/** Reads a file to its end: its size. Problem `digest-mismatch` (refused) where it has another digest. */
export async function measureVerified(bytes: AsyncIterable<Uint8Array>, sha256: string): Promise<number> {
  const { stream, digest, size } = meter();
  await pipeline(bytes, stream, async (rest: AsyncIterable<Uint8Array>) => {
    for await (const _ of rest);
  });
  refuseOther(digest(), sha256);
  return size();
}
