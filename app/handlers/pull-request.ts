import { isOwnBranch } from '@model-gitops/registry';
import { type Look, nothing, thePullRequest, theWhole } from './look.ts';

interface PullRequestEvent {
  readonly pull_request: {
    readonly number: number;
    readonly merged?: boolean | null;
    readonly head: { readonly ref: string };
  };
}

/** A promotion is looked at with its model; anything else needs its check and no more. */
export function lookAtPullRequest({ pull_request: { number, head } }: PullRequestEvent): readonly Look[] {
  return isOwnBranch(head.ref) ? theWhole() : [thePullRequest(number)];
}

/** A merge may have changed a pointer, and a promotion that was refused is not proposed again. */
export function lookAtClosed({ pull_request: { merged, head } }: PullRequestEvent): readonly Look[] {
  return merged === true || isOwnBranch(head.ref) ? theWhole(merged === true) : nothing;
}
