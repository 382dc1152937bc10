import { canonicalJson } from '@model-gitops/registry';
import type { GitStore, ObjectId } from '../ports/index.ts';

/**
 * Somebody sets out to do something that the forge can neither compare nor swap. `at` and `by` are the claimer's own,
 * since the claim itself is the fact: whoever wrote the file does the work, others look.
 */
export interface Claim {
  /** Whose folder it lies in; '' for what belongs to no model. */
  readonly model: string;
  /** What is to be done, as a file name. */
  readonly key: string;
  readonly at: string;
  /** Drawn anew for each claim: after a lost answer it tells ours from theirs. */
  readonly by: string;
}

/** `fraud/claims/<key>.json`; such files are no events, and readers of those pass them by. */
export function claimPath({ model, key }: Pick<Claim, 'model' | 'key'>): string {
  return `${model === '' ? '' : `${model}/`}claims/${key}.json`;
}

export function renderClaim({ at, by }: Claim): string {
  return `${canonicalJson({ schema: 'model-gitops/claim/1', at, by })}\n`;
}

type ReadClaim = Pick<Claim, 'at' | 'by'>;

/** One that cannot be read is as old as can be, and taken over. */
function parseClaim(text: string): ReadClaim {
  const { at, by } = /^\{"at":"(?<at>[^"\\]*)","by":"(?<by>[^"\\]*)"/.exec(text)?.groups ?? {};
  return { at: at ?? '1970-01-01T00:00:00Z', by: by ?? '' };
}

/** The claims that stand, as of a head, in the order asked; null where none does. */
export async function readClaims(
  git: GitStore,
  head: ObjectId | null,
  claims: readonly Pick<Claim, 'model' | 'key'>[],
): Promise<readonly (ReadClaim | null)[]> {
  if (head === null || claims.length === 0) return claims.map(() => null);
  const blobs = await git.readObjects(claims.map((claim) => `${head}:${claimPath(claim)}`));
  return blobs.map((blob) => (blob?.kind === 'blob' ? parseClaim(blob.text) : null));
}

/** A claim after somebody made it: the earlier of two stands. */
export interface StandingClaim {
  readonly model: string;
  readonly key: string;
  readonly at: string;
  readonly isOurs: boolean;
}

/** Ours where there was none before, or where the one that is there is the very one that was written and never answered. */
export function standingClaim(claim: Claim, found: ReadClaim | null, isTried: boolean): StandingClaim {
  const { model, key } = claim;
  return { model, key, at: found?.at ?? claim.at, isOurs: found === null || (isTried && found.by === claim.by) };
}
