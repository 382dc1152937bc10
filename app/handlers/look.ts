import type { Errand } from '@model-gitops/lifecycle';

/** What an event makes us look at. A payload only says where; what is true there is read when it is looked at. */
export interface Look {
  readonly errand: Errand;
  /** The configuration may have changed. */
  readonly isFresh: boolean;
}

export const nothing: readonly Look[] = [];

export function theWhole(isFresh = false): readonly Look[] {
  return [{ errand: { kind: 'repository' }, isFresh }];
}

export function thePullRequest(number: number, postOn: string | null = null): Look {
  return { errand: { kind: 'pull-request', number, postOn }, isFresh: false };
}

/** The pull request that GitHub's merge queue made a branch for; null for any other branch. */
export function queuedPullRequest(branch: string): number | null {
  const [, number] = /(?:^|\/)gh-readonly-queue\/.+\/pr-(\d{1,10})-[0-9a-f]{7,64}$/.exec(branch) ?? [];
  return number === undefined ? null : Number(number);
}
