import type { Context } from '../context.ts';
import type { Comment } from '../records/discussions.ts';
import type { Issue } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findPullRequest } from '../state.ts';
import { appViewOf } from './app.ts';
import { associationOf } from './association.ts';
import { labelView } from './label.ts';
import { reactionCounts } from './reaction.ts';
import { nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';
import { userView } from './user.ts';

const pageOf = (context: Context, repository: Repository, { number, isPullRequest }: Issue): string =>
  `${repositoryPage(context, repository)}/${isPullRequest ? 'pull' : 'issues'}/${number}`;

/** What tells a pull request among issues. */
function pullRequestPart(context: Context, repository: Repository, issue: Issue) {
  const pull = findPullRequest(context.state, repository, issue.number);
  if (pull === undefined) return {};
  const page = pageOf(context, repository, issue);
  const url = `${repositoryApi(context, repository)}/pulls/${issue.number}`;
  const links = { url, html_url: page, diff_url: `${page}.diff`, patch_url: `${page}.patch` };
  return { draft: pull.isDraft, pull_request: { ...links, merged_at: pull.merged?.at ?? null } };
}

function urlsOf(context: Context, repository: Repository, issue: Issue) {
  const api = repositoryApi(context, repository);
  const url = `${api}/issues/${issue.number}`;
  return {
    url,
    repository_url: api,
    labels_url: `${url}/labels{/name}`,
    comments_url: `${url}/comments`,
    events_url: `${url}/events`,
    timeline_url: `${url}/timeline`,
    html_url: pageOf(context, repository, issue),
  };
}

/** An issue, or a pull request as an issue. */
export function issueView(context: Context, repository: Repository, issue: Issue) {
  const urls = urlsOf(context, repository, issue);
  const isBelow = (one: Comment) => one.repository === repository.id && one.number === issue.number;
  const assignees = issue.assignees.map((login) => userView(context, login));
  return {
    ...urls,
    id: issue.id,
    node_id: nodeId(issue.isPullRequest ? 'PullRequest' : 'Issue', issue.id),
    number: issue.number,
    title: issue.title,
    user: userView(context, issue.author),
    labels: issue.labels.map((name) => labelView(context, repository, name)),
    state: issue.state,
    state_reason: issue.stateReason,
    locked: issue.isLocked,
    active_lock_reason: null,
    assignee: assignees[0] ?? null,
    assignees,
    milestone: null,
    comments: context.state.comments.filter(isBelow).length,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    author_association: associationOf(repository, issue.author),
    body: issue.body,
    reactions: reactionCounts(context, { kind: 'issue', id: issue.id }, urls.url),
    performed_via_github_app: null,
    ...pullRequestPart(context, repository, issue),
  } satisfies Schema<'issue'>;
}

/** One that was asked for itself also tells who closed it. */
export function fullIssueView(context: Context, repository: Repository, issue: Issue) {
  const closedBy = issue.closedBy === null ? null : userView(context, issue.closedBy);
  return { ...issueView(context, repository, issue), closed_by: closedBy } satisfies Schema<'issue'>;
}

export function commentView(
  context: Context,
  repository: Repository,
  issue: Issue,
  comment: Comment,
): Schema<'issue-comment'> {
  const api = repositoryApi(context, repository);
  const url = `${api}/issues/comments/${comment.id}`;
  return {
    id: comment.id,
    node_id: nodeId('IssueComment', comment.id),
    url,
    html_url: `${pageOf(context, repository, issue)}#issuecomment-${comment.id}`,
    issue_url: `${api}/issues/${issue.number}`,
    body: comment.body,
    user: userView(context, comment.author),
    created_at: comment.createdAt,
    updated_at: comment.updatedAt,
    author_association: associationOf(repository, comment.author),
    performed_via_github_app: appViewOf(context, comment.appId),
    reactions: reactionCounts(context, { kind: 'comment', id: comment.id }, url),
  };
}
