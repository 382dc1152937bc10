import type { GraphQLResolveInfo } from 'graphql';
import { verificationOf } from '../../objects/signature.ts';
import type { PullRequest } from '../../records/pull-requests.ts';
import { listPullRequestsOf } from '../../routes/commits.ts';
import { shownMessage } from '../../views/git-objects.ts';
import { nodeId, repositoryPage } from '../../views/schema.ts';
import { type PageArgs, requireBounds, takeConnection } from '../connection.ts';
import { type Fields, type Query, requireReading } from '../query.ts';
import { QueryError } from '../query-error.ts';
import { type CommitSource, commitAt, entryAt, objectAt } from '../sources/git-objects.ts';
import { pullRequestOf } from '../sources/pull-request.ts';
import { chooseSuites, type SuiteFilter, suiteOf } from './checks.ts';
import { authorsOf, gitActorOf } from './git-actor.ts';
import { gitObjectFields } from './git-objects.ts';
import { rollupOf, statusOf } from './statuses.ts';

interface HistoryArgs extends PageArgs {
  readonly path?: string | null;
  readonly since?: string | null;
  readonly until?: string | null;
}

function readCursor(cursor: string | null | undefined): number {
  if (cursor == null) return 0;
  const [, index] = /^[0-9a-f]{40} (\d+)$/.exec(cursor) ?? [];
  if (index === undefined)
    throw new QueryError('INVALID_CURSOR_ARGUMENTS', `\`${cursor}\` does not appear to be a valid cursor.`);
  return Number(index) + 1;
}

/** A page of what is reachable, newest first. GitHub's cursors of a history are the start and a place in it. */
async function historyOf(source: CommitSource, args: HistoryArgs, query: Query, info: GraphQLResolveInfo) {
  requireBounds(args, info);
  if (args.last != null || args.before != null)
    throw new QueryError('STAND_IN', 'The stand-in pages a history by `first` and `after` only.');
  const git = query.context.git(source.repository);
  const limits = [
    ...(args.since == null ? [] : [`--since=${args.since}`]),
    ...(args.until == null ? [] : [`--until=${args.until}`]),
  ];
  const range = [...limits, source.id, '--', ...(args.path ? [`:(top,literal)${args.path}`] : [])];
  const skip = readCursor(args.after);
  const first = args.first ?? 0;
  const totalCount = Number(await git.text(['rev-list', '--count', ...range]));
  const text = first === 0 ? '' : await git.text(['rev-list', `--skip=${skip}`, `--max-count=${first}`, ...range]);
  const ids = text.split('\n').filter((id) => id !== '');
  const nodes = await Promise.all(ids.map((id) => commitAt(query, source.repository, id)));
  const cursorOf = (index: number) => `${source.id} ${skip + index}`;
  return {
    totalCount,
    nodes,
    edges: nodes.map((node, index) => ({ node, cursor: cursorOf(index) })),
    pageInfo: {
      hasNextPage: skip + ids.length < totalCount,
      hasPreviousPage: skip > 0,
      startCursor: ids.length === 0 ? null : cursorOf(0),
      endCursor: ids.length === 0 ? null : cursorOf(ids.length - 1),
    },
  };
}

async function pullRequestsOf(source: CommitSource, args: PageArgs, query: Query, info: GraphQLResolveInfo) {
  const { repository, id } = source;
  requireReading(repository, query, 'pull_requests');
  const found: readonly PullRequest[] = await listPullRequestsOf(query.context, repository, id);
  return takeConnection(
    found.map((pull) => pullRequestOf(repository, pull)),
    args,
    info,
  );
}

export const commitFields: Fields<CommitSource> = {
  ...gitObjectFields,
  message: ({ commit }) => shownMessage(commit.message),
  messageHeadline: ({ commit }) => commit.message.split('\n')[0] ?? '',
  messageBody: ({ commit }) => shownMessage(commit.message.split('\n').slice(1).join('\n').replace(/^\n+/, '')),
  author: ({ commit }) => gitActorOf(commit.author),
  committer: ({ commit }) => gitActorOf(commit.committer),
  authoredDate: ({ commit }) => commit.author.date,
  committedDate: ({ commit }) => commit.committer.date,
  url: ({ repository, id }, _args: object, { context }) => `${repositoryPage(context, repository)}/commit/${id}`,
  tree: ({ repository, commit }, _args: object, query) => objectAt(query, repository, commit.tree),
  signature({ commit }, _args: object, { context }) {
    const { verified, signature } = verificationOf(context, commit);
    return signature === null ? null : { __typename: 'GpgSignature', isValid: verified, signature };
  },
  authors: ({ commit }, args: PageArgs, _query, info) =>
    takeConnection(authorsOf(commit.author, commit.message), args, info),
  async parents({ repository, commit }, args: PageArgs, query, info) {
    const parents = await Promise.all(commit.parents.map((id) => commitAt(query, repository, id)));
    return takeConnection(parents, args, info);
  },
  history: historyOf,
  file: (source, { path }: { readonly path: string }, query) => entryAt(query, source, path),
  associatedPullRequests: pullRequestsOf,
  checkSuites({ repository, id }, args: PageArgs & { readonly filterBy?: SuiteFilter | null }, query, info) {
    requireReading(repository, query, 'checks');
    const suites = chooseSuites(query, repository, id, args.filterBy ?? {});
    return takeConnection(
      suites.map((suite) => suiteOf(repository, suite)),
      args,
      info,
    );
  },
  status({ repository, id }, _args: object, query) {
    requireReading(repository, query, 'statuses');
    return statusOf(query, repository, id);
  },
  statusCheckRollup: ({ repository, id }, _args: object, query) => rollupOf(query, repository, id),
};

export const signatureFields: Fields<{ readonly isValid: boolean; readonly signature: string }> = {
  isValid: ({ isValid }) => isValid,
  signature: ({ signature }) => signature,
};

export const pullRequestCommitFields: Fields<{ readonly commit: CommitSource; readonly number: number }> = {
  id: ({ commit, number }) => nodeId('PullRequestCommit', `${number}:${commit.id}`),
  commit: ({ commit }) => commit,
};
