import type { Actor } from '../actor.ts';
import { type Context, timeOf } from '../context.ts';
import type { PullRequest, Review } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { Refusal, refusals } from '../refusals.ts';
import { isSameName, nextId } from '../state.ts';
import { issueOf } from '../views/pull-request.ts';
import { requireShortBody } from './create.ts';
import { tellReview } from './tell.ts';

export type ReviewEvent = 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT';

const states: Readonly<Record<ReviewEvent, Review['state']>> = {
  APPROVE: 'APPROVED',
  REQUEST_CHANGES: 'CHANGES_REQUESTED',
  COMMENT: 'COMMENTED',
};

/** Reviews are refused with plain sentences. */
const unprocessable = (message: string) =>
  new Refusal(422, {
    message: 'Unprocessable Entity',
    errors: [message],
    documentation_url: 'https://docs.github.com/rest/pulls/reviews',
    status: '422',
  });

function refuseOwn(context: Context, repository: Repository, pull: PullRequest, who: Actor, event: ReviewEvent): void {
  if (event === 'COMMENT' || !isSameName(issueOf(context, repository, pull).author, who.login)) return;
  const what = event === 'APPROVE' ? 'approve' : 'request changes on';
  throw unprocessable(`Can not ${what} your own pull request`);
}

async function requireCommit(context: Context, repository: Repository, commit: string): Promise<void> {
  const object = /^[0-9a-f]{40}$/.test(commit) ? await context.git(repository).read(commit) : null;
  if (object?.kind !== 'commit') throw unprocessable('The commit_id is not part of the pull request');
}

export interface NewReview {
  readonly body?: string | undefined;
  /** Without one the review waits for its submission. */
  readonly event?: ReviewEvent | undefined;
  readonly commit?: string | undefined;
}

/** A review keeps the commit that was looked at: the head, unless the reviewer names another. */
export async function createReview(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  who: Actor,
  { body = '', event, commit = pull.head.commit }: NewReview,
): Promise<Review> {
  requireShortBody(body);
  await requireCommit(context, repository, commit);
  const review: Review = {
    id: nextId(context.state),
    repository: repository.id,
    number: pull.number,
    author: who.login,
    body,
    state: 'PENDING',
    commit,
    submittedAt: null,
  };
  if (event !== undefined) judgeReview(context, repository, pull, who, { body, event });
  context.state.reviews.push(review);
  if (event !== undefined) await submitReview(context, repository, pull, review, who, { body, event });
  return review;
}

function judgeReview(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  who: Actor,
  { body, event }: { readonly body: string; readonly event: ReviewEvent },
): void {
  refuseOwn(context, repository, pull, who, event);
  if (event !== 'APPROVE' && body === '') throw unprocessable('Review Can not be empty');
}

export async function submitReview(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  who: Actor,
  given: { readonly body: string; readonly event: ReviewEvent },
): Promise<void> {
  if (review.state !== 'PENDING') throw unprocessable('Can not submit a review that was submitted');
  judgeReview(context, repository, pull, who, given);
  review.state = states[given.event];
  review.body = given.body === '' ? review.body : given.body;
  review.submittedAt = timeOf(context);
  pull.requestedReviewers = pull.requestedReviewers.filter((login) => !isSameName(login, who.login));
  await tellReview(context, repository, pull, review, { action: 'submitted', sender: who.login });
}

export async function dismissReview(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  review: Review,
  who: Actor,
): Promise<void> {
  if (review.state !== 'APPROVED' && review.state !== 'CHANGES_REQUESTED')
    throw unprocessable('Can not dismiss a commented pull request review');
  review.state = 'DISMISSED';
  await tellReview(context, repository, pull, review, { action: 'dismissed', sender: who.login });
}

export function findReview({ state }: Context, repository: Repository, pull: PullRequest, id: number): Review {
  const review = state.reviews.find(
    (one) => one.id === id && one.repository === repository.id && one.number === pull.number,
  );
  if (review === undefined) throw refusals.notFound();
  return review;
}
