import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import { type Context, timeOf } from '../context.ts';
import { type Commit, readCommit } from '../objects/parse.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Status } from '../records/checks.ts';
import type { Repository } from '../records/repositories.ts';
import { readNamedCommit } from '../refs/named-commit.ts';
import { listRefs, shortName } from '../refs/refs.ts';
import { refusals } from '../refusals.ts';
import { enter } from '../require-permission.ts';
import { nextId } from '../state.ts';
import { commitView } from '../views/commit.ts';
import { fullName, repositoryApi } from '../views/schema.ts';
import { combinedStatusView, statusView } from '../views/status.ts';

const mostStatuses = 1000;
const written = z.object({
  state: z.enum(['error', 'failure', 'pending', 'success']),
  target_url: z.string().nullable().optional(),
  description: z.string().max(140, 'description is too long (maximum is 140 characters)').nullable().optional(),
  context: z.string().min(1).max(255).default('default'),
});

function statusesOf({ state }: Context, repository: Repository, commit: string): Status[] {
  return state.statuses.filter((one) => one.repository === repository.id && one.commit === commit);
}

/** Told with the branches whose tip it is. */
async function tellStatus(context: Context, repository: Repository, status: Status, commit: Commit): Promise<void> {
  const tips = await listRefs(context.git(repository), 'refs/heads/');
  const api = repositoryApi(context, repository);
  const branches = tips
    .filter(({ id }) => id === commit.id)
    .map(({ name, id }) => ({
      name: shortName(name),
      commit: { sha: id, url: `${api}/commits/${id}` },
      protected: false,
    }));
  const { creator: _creator, url: _url, node_id: _node, ...plain } = statusView(context, repository, status);
  const about = { sha: commit.id, name: fullName(repository), commit: commitView(context, repository, commit) };
  const payload = { ...plain, ...about, branches };
  context.emit({ name: 'status', action: null, repository, sender: status.creator, payload });
}

async function statusesOfRef(context: Context, c: Request<Env>) {
  const { repository, git } = enter(context, c, { statuses: 'read' });
  const commit = await readNamedCommit(git, c.req.param('ref') ?? '');
  if (commit === null) throw refusals.notFound();
  return { repository, commit: commit.id, statuses: statusesOf(context, repository, commit.id) };
}

export const statusRoutes = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/statuses/:sha{[0-9a-f]+}', async (c) => {
    const { repository, git, who } = enter(context, c, { statuses: 'write' });
    const given = await readBody(c, 'Status', written);
    const commit = await readCommit(git, c.req.param('sha'));
    if (commit === null) throw refusals.unprocessable(`No commit found for SHA: ${c.req.param('sha')}`);
    const before = statusesOf(context, repository, commit.id).filter((one) => one.context === given.context);
    if (before.length >= mostStatuses)
      throw refusals.unprocessable('This SHA and context has reached the maximum number of statuses.');
    const status: Status = {
      id: nextId(context.state),
      repository: repository.id,
      commit: commit.id,
      context: given.context,
      state: given.state,
      description: given.description ?? null,
      targetUrl: given.target_url ?? null,
      creator: who.login,
      createdAt: timeOf(context),
    };
    context.state.statuses.push(status);
    await tellStatus(context, repository, status, commit);
    return c.json(statusView(context, repository, status), 201);
  });
  app.get('/repos/:owner/:repo/commits/:ref/status', async (c) => {
    const { repository, ...found } = await statusesOfRef(context, c);
    return c.json(combinedStatusView(context, repository, found));
  });
  app.get('/repos/:owner/:repo/commits/:ref/statuses', async (c) => {
    const { repository, statuses } = await statusesOfRef(context, c);
    return c.json(takePage(c, statuses.toReversed()).map((status) => statusView(context, repository, status)));
  });
};
