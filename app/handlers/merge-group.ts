import { type Look, queuedPullRequest, thePullRequest, theWhole } from './look.ts';

interface MergeGroupEvent {
  readonly merge_group: { readonly head_sha: string; readonly head_ref: string };
}

/** The queue waits for the check on a commit of its own. */
export function lookAtMergeGroup({ merge_group: { head_sha, head_ref } }: MergeGroupEvent): readonly Look[] {
  const number = queuedPullRequest(head_ref);
  return number === null ? theWhole() : [thePullRequest(number, head_sha)];
}
