import type { Context } from '../context.ts';
import type { Status } from '../records/checks.ts';
import type { Repository } from '../records/repositories.ts';
import { repositoryView } from './repository.ts';
import { nodeId, repositoryApi, type Schema } from './schema.ts';
import { userView } from './user.ts';

function simpleStatusView(context: Context, repository: Repository, status: Status): Schema<'simple-commit-status'> {
  return {
    url: `${repositoryApi(context, repository)}/statuses/${status.commit}`,
    avatar_url: userView(context, status.creator).avatar_url,
    id: status.id,
    node_id: nodeId('StatusContext', status.id),
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: status.createdAt,
    updated_at: status.createdAt,
  };
}

export function statusView(context: Context, repository: Repository, status: Status) {
  return { ...simpleStatusView(context, repository, status), creator: userView(context, status.creator) };
}

/** The newest of each context. */
function latestStatuses(statuses: readonly Status[]): Status[] {
  const newest = new Map(statuses.map((status) => [status.context.toLowerCase(), status]));
  return statuses.filter((status) => newest.get(status.context.toLowerCase()) === status);
}

function combine(statuses: readonly Status[]): string {
  if (statuses.some(({ state }) => state === 'failure' || state === 'error')) return 'failure';
  return statuses.length === 0 || statuses.some(({ state }) => state === 'pending') ? 'pending' : 'success';
}

export function combinedStatusView(
  context: Context,
  repository: Repository,
  { commit, statuses }: { readonly commit: string; readonly statuses: readonly Status[] },
): Schema<'combined-commit-status'> {
  const latest = latestStatuses(statuses);
  const { license: _license, ...plain } = repositoryView(context, repository);
  const url = `${repositoryApi(context, repository)}/commits/${commit}`;
  return {
    state: combine(latest),
    statuses: latest.map((status) => simpleStatusView(context, repository, status)),
    sha: commit,
    total_count: latest.length,
    repository: plain,
    commit_url: url,
    url: `${url}/status`,
  };
}
