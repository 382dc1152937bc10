import type { Context as Request } from 'hono';

import type { Api, Env } from '../api.ts';
import type { Context } from '../context.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Release } from '../records/releases.ts';
import type { Repository } from '../records/repositories.ts';
import { refusals } from '../refusals.ts';
import {
  changedRelease,
  changeRelease,
  createRelease,
  deleteRelease,
  latestRelease,
  newRelease,
  releasesOf,
} from '../releases/releases.ts';
import { type Entered, enter, may } from '../require-permission.ts';
import { releaseView } from '../views/release.ts';

/** Drafts are there only for who may write. */
const isSeen = ({ repository, who }: Entered, release: Release | undefined): release is Release =>
  release !== undefined && (!release.isDraft || may(repository, who, 'contents', 'write'));

export function pickRelease(context: Context, c: Request<Env>, entered: Entered): Release {
  const found = context.state.releases.find(({ id }) => id === Number(c.req.param('release')));
  if (found?.repository !== entered.repository.id || !isSeen(entered, found)) throw refusals.notFound();
  return found;
}

function readRoutes({ app, context }: Api): void {
  const answer = (c: Request<Env>, repository: Repository, release: Release | undefined) => {
    if (release === undefined) throw refusals.notFound();
    return c.json(releaseView(context, repository, release));
  };
  app.get('/repos/:owner/:repo/releases', (c) => {
    const entered = enter(context, c, { contents: 'read' });
    const { repository } = entered;
    const seen = releasesOf({ context, repository }).filter((release) => isSeen(entered, release));
    return c.json(takePage(c, seen.toReversed()).map((release) => releaseView(context, repository, release)));
  });
  app.get('/repos/:owner/:repo/releases/latest', (c) => {
    const { repository } = enter(context, c, { contents: 'read' });
    return answer(c, repository, latestRelease({ context, repository }));
  });
  app.get('/repos/:owner/:repo/releases/tags/:tag{.+}', (c) => {
    const { repository } = enter(context, c, { contents: 'read' });
    const tag = c.req.param('tag');
    const found = releasesOf({ context, repository }).find((release) => !release.isDraft && release.tag === tag);
    return answer(c, repository, found);
  });
  app.get('/repos/:owner/:repo/releases/:release{[0-9]+}', (c) => {
    const entered = enter(context, c, { contents: 'read' });
    return answer(c, entered.repository, pickRelease(context, c, entered));
  });
}

function writeRoutes({ app, context }: Api): void {
  app.post('/repos/:owner/:repo/releases', async (c) => {
    const { repository, who } = enter(context, c, { contents: 'write' });
    const release = await createRelease({ context, repository, who }, await readBody(c, 'Release', newRelease));
    return c.json(releaseView(context, repository, release), 201);
  });
  app.patch('/repos/:owner/:repo/releases/:release{[0-9]+}', async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const { repository, who } = entered;
    const release = pickRelease(context, c, entered);
    await changeRelease({ context, repository, who }, release, await readBody(c, 'Release', changedRelease));
    return c.json(releaseView(context, repository, release));
  });
  app.delete('/repos/:owner/:repo/releases/:release{[0-9]+}', (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const { repository, who } = entered;
    deleteRelease({ context, repository, who }, pickRelease(context, c, entered));
    return c.body(null, 204);
  });
}

/** Whether releases of the repository are immutable from now on. */
function immutabilityRoutes({ app, context }: Api): void {
  const path = '/repos/:owner/:repo/immutable-releases';
  app.get(path, (c) => {
    const { repository } = enter(context, c, { administration: 'read' });
    if (!repository.hasImmutableReleases) throw refusals.notFound();
    return c.json({ enabled: true, enforced_by_owner: false });
  });
  for (const method of ['PUT', 'DELETE'] as const)
    app.on(method, path, (c) => {
      enter(context, c, { administration: 'write' }).repository.hasImmutableReleases = method === 'PUT';
      return c.body(null, 204);
    });
}

export const releaseRoutes = (api: Api): void => {
  readRoutes(api);
  writeRoutes(api);
  immutabilityRoutes(api);
};
