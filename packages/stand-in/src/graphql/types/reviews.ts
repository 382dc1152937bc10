import type { Comment } from '../../records/discussions.ts';
import type { PullRequest, Review } from '../../records/pull-requests.ts';
import type { Repository } from '../../records/repositories.ts';
import { isSameName } from '../../state.ts';
import { nodeId, repositoryPage } from '../../views/schema.ts';
import type { Fields, Query, Typed } from '../query.ts';
import { commitAt } from '../sources/git-objects.ts';
import { actorOf } from './people.ts';

export interface ReviewSource extends Typed<'PullRequestReview'> {
  readonly repository: Repository;
  readonly review: Review;
}

/** Oldest first; a review that was not submitted is its author's alone. */
export function reviewsOf(
  { context, who }: Query,
  repository: Repository,
  pull: PullRequest,
  states: readonly string[] | null,
): ReviewSource[] {
  return context.state.reviews
    .filter((one) => one.repository === repository.id && one.number === pull.number)
    .filter(({ state, author }) => state !== 'PENDING' || isSameName(author, who.login))
    .filter(({ state }) => states === null || states.includes(state))
    .map((review) => ({ __typename: 'PullRequestReview', repository, review }));
}

export const reviewFields: Fields<ReviewSource> = {
  id: ({ review }) => nodeId('PullRequestReview', review.id),
  databaseId: ({ review }) => review.id,
  state: ({ review }) => review.state,
  body: ({ review }) => review.body,
  submittedAt: ({ review }) => review.submittedAt,
  author: ({ review }, _args: object, query) => actorOf(query, review.author),
  commit: ({ repository, review }, _args: object, query) => commitAt(query, repository, review.commit),
  url: ({ repository, review }, _args: object, { context }) =>
    `${repositoryPage(context, repository)}/pull/${review.number}#pullrequestreview-${review.id}`,
};

export const commentFields: Fields<Typed<'IssueComment'> & { readonly comment: Comment }> = {
  id: ({ comment }) => nodeId('IssueComment', comment.id),
  databaseId: ({ comment }) => comment.id,
  body: ({ comment }) => comment.body,
  author: ({ comment }, _args: object, query) => actorOf(query, comment.author),
  createdAt: ({ comment }) => comment.createdAt,
  updatedAt: ({ comment }) => comment.updatedAt,
};
