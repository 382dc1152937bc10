import { ProblemError } from '@model-gitops/lifecycle';
import { storeProblems } from './problems.ts';

/** Digests become paths and names here, so nothing else may. */
export function checkDigest(sha256: string): void {
  if (!/^[0-9a-f]{64}$/.test(sha256)) throw new ProblemError(storeProblems.malformed(sha256));
}
