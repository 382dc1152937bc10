import type { Context as Request } from 'hono';
import type { Api, Env } from '../api.ts';
import { installationOn } from '../apps/apps.ts';
import { findApp } from '../apps/find-app.ts';
import { createInstallationToken, tokenRequest } from '../apps/installation-token.ts';
import type { Context } from '../context.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { App, Installation } from '../records/people.ts';
import { refusals } from '../refusals.ts';
import { findRepository, findRepositoryById, isSameName } from '../state.ts';
import { appView, installationView } from '../views/app.ts';
import { repositoryView } from '../views/repository.ts';

/** The app that asks by its own key; anybody else is told to. */
export function enterAsApp(context: Context, c: Request<Env>): App {
  const who = c.get('who');
  if (who.kind === 'anonymous') throw refusals.unauthorized('A JSON web token could not be decoded');
  const app = who.kind === 'app' ? findApp(context.state, who.appId) : undefined;
  if (app === undefined) throw refusals.forbidden('You must authenticate with a JSON web token');
  return app;
}

function ownInstallation(context: Context, c: Request<Env>): Installation {
  const app = enterAsApp(context, c);
  const found = context.state.installations.find(({ id }) => id === Number(c.req.param('id')));
  if (found === undefined || found.appId !== app.id) throw refusals.notFound();
  return found;
}

const repositoriesOf = ({ state }: Context, ids: readonly number[]) =>
  ids.map((id) => findRepositoryById(state, id)).filter((one) => one !== undefined);

function installationRoutes({ app, context }: Api): void {
  app.get('/app/installations', (c) => {
    const { id } = enterAsApp(context, c);
    const own = context.state.installations.filter(({ appId }) => appId === id);
    return c.json(takePage(c, own).map((one) => installationView(context, one)));
  });
  app.get('/app/installations/:id', (c) => c.json(installationView(context, ownInstallation(context, c))));
  app.get('/repos/:owner/:repo/installation', (c) => {
    const { id } = enterAsApp(context, c);
    const repository = findRepository(context.state, c.req.param('owner'), c.req.param('repo'));
    const found = repository === undefined ? undefined : installationOn(context.state, id, repository);
    if (found === undefined) throw refusals.notFound();
    return c.json(installationView(context, found));
  });
  for (const kind of ['users', 'orgs'])
    app.get(`/${kind}/:account/installation`, (c) => {
      const { id } = enterAsApp(context, c);
      const isThere = (one: Installation) => one.appId === id && isSameName(one.account, c.req.param('account') ?? '');
      const found = context.state.installations.find(isThere);
      if (found === undefined) throw refusals.notFound();
      return c.json(installationView(context, found));
    });
}

function tokenRoutes({ app, context }: Api): void {
  app.post('/app/installations/:id/access_tokens', async (c) => {
    const installation = ownInstallation(context, c);
    const wanted = await readBody(c, 'Installation', tokenRequest);
    const token = createInstallationToken(context, installation, wanted);
    const isNarrowed = wanted.repositories !== undefined || wanted.repository_ids !== undefined;
    const repositories = repositoriesOf(context, token.repositories ?? []).map((one) => repositoryView(context, one));
    return c.json(
      {
        token: token.text,
        expires_at: token.expiresAt ?? '',
        permissions: { ...token.permissions },
        repository_selection: 'selected' as const,
        ...(isNarrowed ? { repositories } : {}),
      },
      201,
    );
  });
  app.delete('/installation/token', (c) => {
    if (c.get('who').kind !== 'installation')
      throw refusals.forbidden('Resource not accessible by personal access token');
    const header = c.req.header('authorization') ?? '';
    const { tokens } = context.state;
    const at = tokens.findIndex(({ text }) => header.endsWith(text));
    if (at >= 0) tokens.splice(at, 1);
    return c.body(null, 204);
  });
  app.get('/installation/repositories', (c) => {
    const who = c.get('who');
    if (who.kind !== 'installation')
      throw refusals.forbidden('You must authenticate with an installation access token');
    const seen = repositoriesOf(context, who.repositories ?? []);
    const repositories = takePage(c, seen).map((one) => repositoryView(context, one));
    return c.json({ total_count: seen.length, repository_selection: 'selected', repositories });
  });
}

export const appRoutes = (api: Api): void => {
  api.app.get('/app', (c) => c.json(appView(api.context, enterAsApp(api.context, c))));
  api.app.get('/apps/:slug', (c) => {
    const found = api.context.state.apps.find(({ slug }) => slug === c.req.param('slug'));
    if (found === undefined) throw refusals.notFound();
    return c.json(appView(api.context, found));
  });
  installationRoutes(api);
  tokenRoutes(api);
};
