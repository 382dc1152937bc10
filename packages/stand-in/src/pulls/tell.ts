import { type Context, timeOf } from '../context.ts';
import type { PullRequest, Review } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findIssue } from '../state.ts';
import { pullRequestView } from '../views/pull-request.ts';
import { reviewView } from '../views/review.ts';

/** Emits an event of a pull request, with the pull request as it is now. */
export async function tellPullRequest(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  event: { readonly action: string; readonly sender: string; readonly more?: Readonly<Record<string, unknown>> },
): Promise<void> {
  const { action, sender, more = {} } = event;
  const issue = findIssue(context.state, repository, pull.number);
  if (issue !== undefined) issue.updatedAt = timeOf(context);
  const view = await pullRequestView(context, repository, pull);
  const payload = { action, number: pull.number, pull_request: view, ...more };
  context.emit({ name: 'pull_request', action, repository, sender, payload });
}

export async function tellReview(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  { action, sender }: { readonly action: 'submitted' | 'dismissed'; readonly sender: string },
): Promise<void> {
  const view = reviewView(context, repository, review);
  // webhooks write states small
  const shown = { ...view, state: view.state.toLowerCase() };
  const payload = { action, review: shown, pull_request: await pullRequestView(context, repository, pull) };
  context.emit({ name: 'pull_request_review', action, repository, sender, payload });
}
