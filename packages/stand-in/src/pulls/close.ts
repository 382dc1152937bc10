import { type Context, timeOf } from '../context.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findIssue } from '../state.ts';
import { tellPullRequest } from './tell.ts';

function closeIssue(context: Context, repository: Repository, pull: PullRequest, by: string): void {
  const issue = findIssue(context.state, repository, pull.number);
  if (issue === undefined) return;
  issue.state = 'closed';
  issue.closedAt = timeOf(context);
  issue.closedBy = by;
}

/** Marks a pull request merged. The event is told apart, once the branch has been told. */
export function markMerged(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  { by, commit }: { readonly by: string; readonly commit: string },
): void {
  pull.merged = { at: timeOf(context), by };
  pull.mergeCommit = commit;
  pull.mergeable = null;
  closeIssue(context, repository, pull, by);
}

export async function closeUnmerged(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  by: string,
): Promise<void> {
  closeIssue(context, repository, pull, by);
  await tellPullRequest(context, repository, pull, { action: 'closed', sender: by });
}

export const isOpen = ({ state }: Context, repository: Repository, pull: PullRequest): boolean =>
  findIssue(state, repository, pull.number)?.state === 'open';
