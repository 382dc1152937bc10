import type { Context } from '../context.ts';
import type { Review } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { associationOf } from './association.ts';
import { nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';
import { userView } from './user.ts';

export function reviewView(context: Context, repository: Repository, review: Review): Schema<'pull-request-review'> {
  const page = `${repositoryPage(context, repository)}/pull/${review.number}#pullrequestreview-${review.id}`;
  const pull = `${repositoryApi(context, repository)}/pulls/${review.number}`;
  return {
    id: review.id,
    node_id: nodeId('PullRequestReview', review.id),
    user: userView(context, review.author),
    body: review.body,
    state: review.state,
    html_url: page,
    pull_request_url: pull,
    _links: { html: { href: page }, pull_request: { href: pull } },
    commit_id: review.commit,
    author_association: associationOf(repository, review.author),
    ...(review.submittedAt === null ? {} : { submitted_at: review.submittedAt }),
  };
}
