import { sha256 as hash } from '@noble/hashes/sha2.js';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { ArtifactStore } from '../ports/artifact-store.ts';
import { type Problem, ProblemError } from '../problem.ts';

/** Files of a disk in memory, by path; stored bytes by digest. */
export interface MemoryDisk {
  readonly files: Map<string, Uint8Array>;
  readonly stored: Map<string, Uint8Array>;
}

export function memoryDisk(): MemoryDisk {
  return { files: new Map(), stored: new Map() };
}

export function digestOfBytes(bytes: Uint8Array): string {
  return bytesToHex(hash(bytes));
}

function problem(code: string, message: string, kind: 'input' | 'refused'): ProblemError {
  const found: Problem = { code, message, remedy: 'Store the bytes again.' };
  return new ProblemError(found, { kind });
}

function verified(bytes: Uint8Array, sha256: string): Uint8Array {
  const found = digestOfBytes(bytes);
  if (found !== sha256) throw problem('digest-mismatch', `${sha256} has the bytes of ${found}.`, 'refused');
  return bytes;
}

function checkDigest(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw problem('digest-malformed', `${sha256} is no digest.`, 'input');
}

/** The in-memory twin of an ArtifactStore: paths are keys of `disk.files`. */
export function memoryArtifactStore(disk: MemoryDisk = memoryDisk()): ArtifactStore {
  return {
    async has(sha256) {
      checkDigest(sha256);
      return disk.stored.has(sha256);
    },
    async put({ path, sha256 }) {
      checkDigest(sha256);
      const bytes = disk.files.get(path);
      if (bytes === undefined) throw problem('file-missing', `There is no file ${path}.`, 'input');
      disk.stored.set(sha256, verified(bytes, sha256));
      return { uri: `memory:${sha256}` };
    },
    async fetch(sha256, toPath) {
      checkDigest(sha256);
      const bytes = disk.stored.get(sha256);
      if (bytes === undefined) throw problem('artifact-missing', `No bytes with sha256 ${sha256}.`, 'refused');
      disk.files.set(toPath, verified(bytes, sha256));
      return { path: toPath, sha256, size: bytes.length };
    },
    seal: async () => undefined,
    listUnsealed: async () => [],
  };
}
