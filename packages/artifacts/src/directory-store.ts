import { access } from 'node:fs/promises';
import { join } from 'node:path';
import { type ArtifactStore, type Problem, ProblemError } from '@model-gitops/lifecycle';
import { checkDigest } from './check-digest.ts';
import { copyVerified } from './copy-verified.ts';
import { storeProblems } from './problems.ts';

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}

function rethrow(what: string, onMissing: Problem, kind: 'input' | 'refused') {
  return (cause: unknown): never => {
    if (cause instanceof ProblemError) throw cause;
    const isMissing =
      (cause as { code?: unknown }).code === 'ENOENT' && (cause as { syscall?: unknown }).syscall === 'open';
    if (isMissing) throw new ProblemError(onMissing, { kind, cause });
    throw new ProblemError(storeProblems.failed(what, cause), { kind: 'could-not-run', cause });
  };
}

/**
 * An ArtifactStore in a folder: `<folder>/sha256/<first two digits>/<digest>`. Safe for several writers at once, also
 * on a network drive that renames atomically. Storing bytes again replaces them, which heals a damaged copy.
 */
export function directoryStore(folder: string): ArtifactStore {
  const place = (sha256: string) => {
    checkDigest(sha256);
    return join(folder, 'sha256', sha256.slice(0, 2), sha256);
  };
  return {
    has: async (sha256) => exists(place(sha256)),
    async put({ path, sha256 }) {
      await copyVerified(path, place(sha256), sha256).catch(
        rethrow('take the file', storeProblems.noFile(path), 'input'),
      );
      return { uri: `dir:${sha256}` };
    },
    fetch: async (sha256, toPath) =>
      copyVerified(place(sha256), toPath, sha256).catch(
        rethrow('give the bytes', storeProblems.missing(sha256), 'refused'),
      ),
    seal: async () => undefined,
    listUnsealed: async () => [],
  };
}
