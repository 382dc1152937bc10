import { ledgerBranch, parseTagName } from '@model-gitops/registry';
import { type Look, nothing, theWhole } from './look.ts';

interface PushEvent {
  readonly ref: string;
  readonly repository: { readonly default_branch: string };
}

/** The default branch holds the pointers and what decides on them; the ledger holds everything that happened. */
export function lookAtPush({ ref, repository }: PushEvent): readonly Look[] {
  if (ref === `refs/heads/${repository.default_branch}`) return theWhole(true);
  return ref === `refs/heads/${ledgerBranch}` ? theWhole() : nothing;
}

interface CreateEvent {
  readonly ref: string;
  readonly ref_type: string;
}

/** The tag of a version: it may be promoted. */
export function lookAtCreated({ ref, ref_type }: CreateEvent): readonly Look[] {
  return ref_type === 'tag' && parseTagName(ref).ok ? theWhole() : nothing;
}
