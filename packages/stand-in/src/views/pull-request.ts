import type { Context } from '../context.ts';
import { diffSinceFork } from '../pulls/diff.ts';
import { headRepository } from '../pulls/head.ts';
import { mergeViolations } from '../pulls/merge-rules.ts';
import { listOwnCommits } from '../pulls/three-way.ts';
import type { Issue, PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findIssue } from '../state.ts';
import { associationOf } from './association.ts';
import { labelView } from './label.ts';
import { repositoryView } from './repository.ts';
import { nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';
import { userView } from './user.ts';

function urlsOf(context: Context, repository: Repository, { number, head }: PullRequest) {
  const api = repositoryApi(context, repository);
  const url = `${api}/pulls/${number}`;
  const page = `${repositoryPage(context, repository)}/pull/${number}`;
  return {
    url,
    html_url: page,
    diff_url: `${page}.diff`,
    patch_url: `${page}.patch`,
    issue_url: `${api}/issues/${number}`,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${api}/pulls/comments{/number}`,
    comments_url: `${api}/issues/${number}/comments`,
    statuses_url: `${api}/statuses/${head.commit}`,
  };
}

function linksOf(context: Context, repository: Repository, pull: PullRequest): Schema<'pull-request'>['_links'] {
  const urls = urlsOf(context, repository, pull);
  return {
    self: { href: urls.url },
    html: { href: urls.html_url },
    issue: { href: urls.issue_url },
    comments: { href: urls.comments_url },
    review_comments: { href: urls.review_comments_url },
    review_comment: { href: urls.review_comment_url },
    commits: { href: urls.commits_url },
    statuses: { href: urls.statuses_url },
  };
}

function headView(context: Context, pull: PullRequest) {
  const repository = headRepository(context, pull);
  const owner = pull.head.label.slice(0, pull.head.label.indexOf(':'));
  return {
    label: pull.head.label,
    ref: pull.head.branch,
    sha: pull.head.commit,
    user: userView(context, owner),
    // null where the fork is gone: GitHub's description does not say so, GitHub does
    repo: (repository === null ? null : repositoryView(context, repository)) as Schema<'repository'>,
  };
}

function baseView(context: Context, repository: Repository, { base }: PullRequest) {
  return {
    label: `${repository.owner}:${base.branch}`,
    ref: base.branch,
    sha: base.commit,
    user: userView(context, repository.owner),
    repo: repositoryView(context, repository),
  };
}

export function issueOf({ state }: Context, repository: Repository, pull: PullRequest): Issue {
  const issue = findIssue(state, repository, pull.number);
  if (issue === undefined) throw new Error(`pull request ${pull.number} has no issue`);
  return issue;
}

/** As it stands in lists. */
export function simplePullRequestView(
  context: Context,
  repository: Repository,
  pull: PullRequest,
): Schema<'pull-request-simple'> {
  const issue = issueOf(context, repository, pull);
  const reviewers = pull.requestedReviewers.map((login) => userView(context, login));
  return {
    ...urlsOf(context, repository, pull),
    id: pull.id,
    node_id: nodeId('PullRequest', pull.id),
    number: pull.number,
    state: issue.state,
    locked: issue.isLocked,
    active_lock_reason: null,
    title: issue.title,
    user: userView(context, issue.author),
    body: issue.body,
    labels: issue.labels.map((name) => {
      const label = labelView(context, repository, name);
      return { ...label, description: label.description ?? '' };
    }),
    milestone: null,
    created_at: issue.createdAt,
    updated_at: issue.updatedAt,
    closed_at: issue.closedAt,
    merged_at: pull.merged?.at ?? null,
    merge_commit_sha: pull.mergeCommit,
    assignee: null,
    assignees: issue.assignees.map((login) => userView(context, login)),
    requested_reviewers: reviewers,
    requested_teams: [],
    draft: pull.isDraft,
    head: headView(context, pull),
    base: baseView(context, repository, pull),
    _links: linksOf(context, repository, pull),
    author_association: associationOf(repository, issue.author),
    auto_merge: null,
  };
}

/** GitHub's summary of what stands between a pull request and its merge. */
function mergeableState(context: Context, repository: Repository, pull: PullRequest): string {
  if (pull.mergeable === null) return 'unknown';
  if (!pull.mergeable) return 'dirty';
  if (pull.isDraft) return 'draft';
  return mergeViolations(context, repository, pull).length > 0 ? 'blocked' : 'clean';
}

export async function pullRequestView(
  context: Context,
  repository: Repository,
  pull: PullRequest,
): Promise<Schema<'pull-request'>> {
  const { state } = context;
  const git = context.git(repository);
  const {
    labels: _labels,
    user: _user,
    head: _head,
    base: _base,
    state: _state,
    ...plain
  } = simplePullRequestView(context, repository, pull);
  const issue = issueOf(context, repository, pull);
  const [files, commits] = await Promise.all([
    diffSinceFork(git, pull.base.commit, pull.head.commit),
    listOwnCommits(git, pull.base.commit, pull.head.commit),
  ]);
  const isHere = (one: { repository: number; number: number }) =>
    one.repository === repository.id && one.number === pull.number;
  return {
    ...plain,
    state: issue.state,
    user: userView(context, issue.author),
    labels: issue.labels.map((name) => labelView(context, repository, name)),
    head: headView(context, pull),
    base: baseView(context, repository, pull),
    merged: pull.merged !== null,
    mergeable: pull.mergeable,
    mergeable_state: mergeableState(context, repository, pull),
    rebaseable: pull.mergeable,
    merged_by: pull.merged === null ? null : userView(context, pull.merged.by),
    comments: state.comments.filter(isHere).length,
    review_comments: 0,
    maintainer_can_modify: false,
    commits: commits.length,
    additions: files.reduce((sum, file) => sum + file.additions, 0),
    deletions: files.reduce((sum, file) => sum + file.deletions, 0),
    changed_files: files.length,
  };
}
