import { type Context, timeOf } from '../context.ts';
import { tellPullRequest } from '../pulls/tell.ts';
import type { Comment } from '../records/discussions.ts';
import type { Issue } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findPullRequest } from '../state.ts';
import { commentView, issueView } from '../views/issue.ts';

export interface Told {
  readonly action: string;
  readonly sender: string;
  readonly more?: Readonly<Record<string, unknown>>;
}

/** What happens to a pull request is told as its event, also where it was done as to an issue. */
export async function tellDiscussion(
  context: Context,
  repository: Repository,
  issue: Issue,
  told: Told,
): Promise<void> {
  const pull = findPullRequest(context.state, repository, issue.number);
  if (pull !== undefined) return tellPullRequest(context, repository, pull, told);
  const { action, sender, more = {} } = told;
  issue.updatedAt = timeOf(context);
  const payload = { action, issue: issueView(context, repository, issue), ...more };
  context.emit({ name: 'issues', action, repository, sender, payload });
}

/** `issue.pull_request` tells a comment below a pull request. */
export function tellComment(
  context: Context,
  { repository, issue, comment }: { readonly repository: Repository; readonly issue: Issue; readonly comment: Comment },
  { action, sender, more = {} }: Told,
): void {
  issue.updatedAt = timeOf(context);
  const shown = {
    issue: issueView(context, repository, issue),
    comment: commentView(context, repository, issue, comment),
  };
  context.emit({ name: 'issue_comment', action, repository, sender, payload: { action, ...shown, ...more } });
}
