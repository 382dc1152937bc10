import type { PullRequest } from '../../records/pull-requests.ts';
import type { Repository } from '../../records/repositories.ts';
import { readRef } from '../../refs/refs.ts';
import { memberRole, roleOf } from '../../require-permission.ts';
import { findPullRequest } from '../../state.ts';
import { fullName, nodeId, repositoryPage } from '../../views/schema.ts';
import { type PageArgs, takeConnection } from '../connection.ts';
import { type Fields, type Query, requireReading } from '../query.ts';
import { QueryError } from '../query-error.ts';
import { objectAt } from '../sources/git-objects.ts';
import { pullRequestOf } from '../sources/pull-request.ts';
import { refOf } from '../sources/ref.ts';
import { type RepositorySource, repositoryById } from '../sources/repository.ts';
import { actorOf } from './people.ts';
import { choosePullRequests, type PullRequestChoice } from './pull-request.ts';
import { findRef, listRefsOf, type RefChoice } from './refs.ts';

function permissionOf(repository: Repository, { who }: Query): string | null {
  const role = who.kind === 'user' ? memberRole(repository, who.login) : null;
  return (role ?? roleOf(repository, who))?.toUpperCase() ?? null;
}

function requirePullRequest({ repository }: RepositorySource, number: number, query: Query): PullRequest {
  requireReading(repository, query, 'pull_requests');
  const pull = findPullRequest(query.context.state, repository, number);
  if (pull === undefined)
    throw new QueryError('NOT_FOUND', `Could not resolve to a PullRequest with the number of ${number}.`);
  return pull;
}

interface ObjectArgs {
  readonly oid?: string | null;
  readonly expression?: string | null;
}

export const repositoryFields: Fields<RepositorySource> = {
  id: ({ repository }) => nodeId('Repository', repository.id),
  databaseId: ({ repository }) => repository.id,
  name: ({ repository }) => repository.name,
  nameWithOwner: ({ repository }) => fullName(repository),
  owner: ({ repository }, _args: object, query) => actorOf(query, repository.owner),
  url: ({ repository }, _args: object, { context }) => repositoryPage(context, repository),
  isPrivate: ({ repository }) => repository.isPrivate,
  isFork: ({ repository }) => repository.parent !== null,
  parent: ({ repository }, _args: object, query) => repositoryById(query, repository.parent),
  createdAt: ({ repository }) => repository.createdAt,
  pushedAt: ({ repository }) => repository.pushedAt,
  viewerPermission: ({ repository }, _args: object, query) => permissionOf(repository, query),
  async defaultBranchRef({ repository }, _args: object, { context }) {
    const name = `refs/heads/${repository.defaultBranch}`;
    const id = await readRef(context.git(repository), name);
    return id === null ? null : refOf(repository, { name, id }, 'refs/heads/');
  },
  object({ repository }, { oid, expression }: ObjectArgs, query) {
    requireReading(repository, query, 'contents');
    const isId = typeof oid === 'string' && /^[0-9a-f]{40}$/.test(oid);
    if (oid != null && !isId) return null;
    return objectAt(query, repository, oid ?? expression ?? '');
  },
  ref({ repository }, { qualifiedName }: { readonly qualifiedName: string }, query) {
    requireReading(repository, query, 'contents');
    return findRef(query, repository, qualifiedName);
  },
  async refs({ repository }, args: PageArgs & RefChoice, query, info) {
    requireReading(repository, query, 'contents');
    return takeConnection(await listRefsOf(query, repository, args), args, info);
  },
  pullRequest(source, { number }: { readonly number: number }, query) {
    return pullRequestOf(source.repository, requirePullRequest(source, number, query));
  },
  pullRequests({ repository }, args: PageArgs & PullRequestChoice, query, info) {
    requireReading(repository, query, 'pull_requests');
    const found = choosePullRequests(query, repository, args);
    return takeConnection(
      found.map((pull) => pullRequestOf(repository, pull)),
      args,
      info,
    );
  },
};
