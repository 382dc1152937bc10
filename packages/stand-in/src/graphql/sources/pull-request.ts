import type { PullRequest } from '../../records/pull-requests.ts';
import type { Repository } from '../../records/repositories.ts';
import type { Typed } from '../query.ts';

export interface PullRequestSource extends Typed<'PullRequest'> {
  readonly repository: Repository;
  readonly pull: PullRequest;
}

export const pullRequestOf = (repository: Repository, pull: PullRequest): PullRequestSource => ({
  __typename: 'PullRequest',
  repository,
  pull,
});
