import { isOwnBranch } from '@model-gitops/registry';
import { type Look, nothing, thePullRequest, theWhole } from './look.ts';

interface PullRequestEvent {
  readonly pull_request: {
    readonly number: number;
    readonly merged?: boolean | null;
    readonly head: { readonly ref: string };
  };
}

/** Its check; of a promotion everything about its branch. */
export function lookAtPullRequest({ pull_request: { number } }: PullRequestEvent): readonly Look[] {
  return [thePullRequest(number)];
}

/** A merge may have changed a pointer, or what decides on them; a promotion that was refused is not proposed again. */
export function lookAtClosed({ pull_request: { number, merged, head } }: PullRequestEvent): readonly Look[] {
  if (merged === true) return theWhole(true);
  return isOwnBranch(head.ref) ? [thePullRequest(number)] : nothing;
}
