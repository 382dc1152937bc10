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

/**
 * Streams a file to another place under a temporary name beside it, and renames it only if its bytes have the digest:
 * a reader never sees half a file or a wrong one, and two writers of the same bytes do not disturb each other.
 * Problem `digest-mismatch` (refused); nothing is left behind then.
 */
export async function copyVerified(from: string, to: string, sha256: string): Promise<StoredFile> {
  const partial = `${to}.${randomUUID()}.partial`;
  await mkdir(dirname(to), { recursive: true });
  try {
    const { stream, digest, size } = meter();
    await pipeline(createReadStream(from), stream, createWriteStream(partial, { flags: 'wx', flush: true }));
    const found = digest();
    if (found !== sha256) throw new ProblemError(storeProblems.mismatch(sha256, found), { kind: 'refused' });
    await rename(partial, to);
    return { path: to, sha256, size: size() };
  } finally {
    await rm(partial, { force: true });
  }
}
