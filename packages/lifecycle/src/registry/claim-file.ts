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

/** The claim that stands, as of a head; null: none does. One that cannot be read is as old as can be, and taken over. */
export async function readClaim(
  git: GitStore,
  head: ObjectId | null,
  claim: Pick<Claim, 'model' | 'key'>,
): Promise<Pick<Claim, 'at' | 'by'> | null> {
  const [blob] = head === null ? [null] : await git.readObjects([`${head}:${claimPath(claim)}`]);
  if (blob?.kind !== 'blob') return null;
  const { at, by } = /^\{"at":"(?<at>[^"\\]*)","by":"(?<by>[^"\\]*)"/.exec(blob.text)?.groups ?? {};
  return { at: at ?? '1970-01-01T00:00:00Z', by: by ?? '' };
}
