import { diffSinceFork } from '../../pulls/diff.ts';
import { computeMergeable } from '../../pulls/mergeability.ts';
import { listOwnCommits } from '../../pulls/three-way.ts';
import type { Issue, PullRequest } from '../../records/pull-requests.ts';
import type { Repository } from '../../records/repositories.ts';
import { readBranch } from '../../refs/refs.ts';
import { findRepositoryById, isSameName } from '../../state.ts';
import { labelView } from '../../views/label.ts';
import { issueOf } from '../../views/pull-request.ts';
import { nodeId, repositoryPage } from '../../views/schema.ts';
import { type PageArgs, takeConnection } from '../connection.ts';
import type { Fields, Query } from '../query.ts';
import { commitAt } from '../sources/git-objects.ts';
import type { PullRequestSource } from '../sources/pull-request.ts';
import { refOf } from '../sources/ref.ts';
import { repositoryById, repositoryOf } from '../sources/repository.ts';
import { actorOf } from './people.ts';
import { reviewsOf } from './reviews.ts';

export interface PullRequestChoice {
  readonly states?: readonly string[] | null;
  readonly headRefName?: string | null;
  readonly baseRefName?: string | null;
  readonly labels?: readonly string[] | null;
  readonly orderBy?: { readonly field: string; readonly direction: 'ASC' | 'DESC' } | null;
}

const ofIssue = ({ repository, pull }: PullRequestSource, { context }: Query): Issue =>
  issueOf(context, repository, pull);

const stateOf = (pull: PullRequest, issue: Issue) => (pull.merged !== null ? 'MERGED' : issue.state.toUpperCase());

function isChosen(pull: PullRequest, issue: Issue, choice: PullRequestChoice): boolean {
  const { states, headRefName, baseRefName, labels } = choice;
  return (
    (states == null || states.includes(stateOf(pull, issue))) &&
    (headRefName == null || pull.head.branch === headRefName) &&
    (baseRefName == null || pull.base.branch === baseRefName) &&
    (labels == null || labels.some((label) => issue.labels.some((name) => isSameName(name, label))))
  );
}

/** Oldest first, unless it is said otherwise. */
export function choosePullRequests(query: Query, repository: Repository, choice: PullRequestChoice): PullRequest[] {
  const { state } = query.context;
  const issue = (pull: PullRequest) => issueOf(query.context, repository, pull);
  const found = state.pullRequests.filter(
    (pull) => pull.repository === repository.id && isChosen(pull, issue(pull), choice),
  );
  const { field = 'CREATED_AT', direction = 'ASC' } = choice.orderBy ?? {};
  const sorted =
    field === 'UPDATED_AT' ? found.toSorted((a, b) => issue(a).updatedAt.localeCompare(issue(b).updatedAt)) : found;
  return direction === 'DESC' ? sorted.toReversed() : sorted;
}

const filesOf = ({ repository, pull }: PullRequestSource, { context }: Query) =>
  diffSinceFork(context.git(repository), pull.base.commit, pull.head.commit);

const changeTypes = { added: 'ADDED', removed: 'DELETED', modified: 'MODIFIED', renamed: 'RENAMED' } as const;

async function commitsOf({ repository, pull }: PullRequestSource, query: Query) {
  const ids = await listOwnCommits(query.context.git(repository), pull.base.commit, pull.head.commit);
  const commits = await Promise.all(ids.slice(0, 250).map((id) => commitAt(query, repository, id)));
  return commits.map((commit) => ({ __typename: 'PullRequestCommit', commit, number: pull.number }));
}

async function branchOf(query: Query, repository: Repository | undefined, branch: string) {
  const id = repository === undefined ? null : await readBranch(query.context.git(repository), branch);
  if (repository === undefined || id === null) return null;
  return refOf(repository, { name: `refs/heads/${branch}`, id }, 'refs/heads/');
}

/** GitHub tries the merge when somebody asks, and tells whoever asks next. */
async function mergeableOf({ repository, pull }: PullRequestSource, { context }: Query): Promise<string> {
  const { mergeable } = pull;
  await computeMergeable(context, repository, pull);
  return mergeable === null ? 'UNKNOWN' : mergeable ? 'MERGEABLE' : 'CONFLICTING';
}

const lists: Fields<PullRequestSource> = {
  async files(source, args: PageArgs, query, info) {
    const files = (await filesOf(source, query)).slice(0, 3000).map(({ path, status, additions, deletions }) => ({
      path,
      changeType: changeTypes[status],
      additions,
      deletions,
    }));
    return takeConnection(files, args, info);
  },
  commits: async (source, args: PageArgs, query, info) => takeConnection(await commitsOf(source, query), args, info),
  reviews: ({ repository, pull }, args: PageArgs & { readonly states?: readonly string[] | null }, query, info) =>
    takeConnection(reviewsOf(query, repository, pull, args.states ?? null), args, info),
  labels(source, args: PageArgs, query, info) {
    const labels = ofIssue(source, query).labels.map((name) => {
      const { node_id: id, ...label } = labelView(query.context, source.repository, name);
      return { id, name: label.name, color: label.color, description: label.description };
    });
    return takeConnection(labels, args, info);
  },
  comments({ repository, pull }, args: PageArgs, query, info) {
    const comments = query.context.state.comments
      .filter((one) => one.repository === repository.id && one.number === pull.number)
      .map((comment) => ({ __typename: 'IssueComment', comment }));
    return takeConnection(comments, args, info);
  },
};

const sides: Fields<PullRequestSource> = {
  isCrossRepository: ({ repository, pull }) => pull.head.repository !== repository.id,
  headRefName: ({ pull }) => pull.head.branch,
  headRefOid: ({ pull }) => pull.head.commit,
  headRef: ({ pull }, _args: object, query) =>
    branchOf(query, findRepositoryById(query.context.state, pull.head.repository ?? 0), pull.head.branch),
  headRepository: ({ pull }, _args: object, query) => repositoryById(query, pull.head.repository),
  headRepositoryOwner: ({ pull }, _args: object, query) =>
    actorOf(query, pull.head.label.slice(0, pull.head.label.indexOf(':'))),
  baseRefName: ({ pull }) => pull.base.branch,
  baseRefOid: ({ pull }) => pull.base.commit,
  baseRef: ({ repository, pull }, _args: object, query) => branchOf(query, repository, pull.base.branch),
  baseRepository: ({ repository }) => repositoryOf(repository),
};

export const pullRequestFields: Fields<PullRequestSource> = {
  id: ({ pull }) => nodeId('PullRequest', pull.id),
  databaseId: ({ pull }) => pull.id,
  number: ({ pull }) => pull.number,
  title: (source, _args: object, query) => ofIssue(source, query).title,
  body: (source, _args: object, query) => ofIssue(source, query).body ?? '',
  state: (source, _args: object, query) => stateOf(source.pull, ofIssue(source, query)),
  isDraft: ({ pull }) => pull.isDraft,
  url: ({ repository, pull }, _args: object, { context }) =>
    `${repositoryPage(context, repository)}/pull/${pull.number}`,
  repository: ({ repository }) => repositoryOf(repository),
  author: (source, _args: object, query) => actorOf(query, ofIssue(source, query).author),
  createdAt: (source, _args: object, query) => ofIssue(source, query).createdAt,
  updatedAt: (source, _args: object, query) => ofIssue(source, query).updatedAt,
  closed: (source, _args: object, query) => ofIssue(source, query).state === 'closed',
  closedAt: (source, _args: object, query) => ofIssue(source, query).closedAt,
  merged: ({ pull }) => pull.merged !== null,
  mergedAt: ({ pull }) => pull.merged?.at ?? null,
  mergedBy: ({ pull }, _args: object, query) => (pull.merged === null ? null : actorOf(query, pull.merged.by)),
  mergeCommit: ({ repository, pull }, _args: object, query) =>
    pull.merged === null ? null : commitAt(query, repository, pull.mergeCommit ?? ''),
  mergeable: (source, _args: object, query) => mergeableOf(source, query),
  changedFiles: async (source, _args: object, query) => (await filesOf(source, query)).length,
  ...sides,
  ...lists,
};
