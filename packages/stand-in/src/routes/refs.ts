import { z } from 'zod';
import type { Api } from '../api.ts';
import { readBody } from '../read-body.ts';
import { moveRef } from '../refs/move-ref.ts';
import { isAncestor, listRefs, readRef } from '../refs/refs.ts';
import { refusals } from '../refusals.ts';
import { type Entered, enter } from '../require-permission.ts';
import { gitRefView } from '../views/git-objects.ts';

const newRef = z.object({ ref: z.string(), sha: z.string() });
const movedRef = z.object({ sha: z.string(), force: z.boolean().default(false) });

async function requireTarget({ git }: Entered, ref: string, sha: string): Promise<void> {
  const object = /^[0-9a-f]{40}$/.test(sha) ? await git.read(sha) : null;
  if (object === null) throw refusals.unprocessable('Object does not exist');
  if (ref.startsWith('refs/heads/') && object.kind !== 'commit')
    throw refusals.unprocessable('Reference update failed: a branch holds a commit');
}

async function requireName({ git }: Entered, ref: string): Promise<void> {
  if (!/^refs\/[^/]+\/./.test(ref) || (await git.run(['check-ref-format', ref])).exitCode !== 0)
    throw refusals.unprocessable(`${ref} is not a valid ref name.`);
  if (/^refs\/(pull|pulls)\//.test(ref)) throw refusals.unprocessable('Reference update failed: a hidden ref');
}

const readRoutes = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/git/ref/:ref{.+}', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const name = `refs/${c.req.param('ref')}`;
    const id = await readRef(git, name);
    if (id === null) throw refusals.notFound();
    return c.json(await gitRefView(context, repository, git, { name, id }));
  });
  app.get('/repos/:owner/:repo/git/matching-refs/:ref{.*}', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const refs = await listRefs(git, `refs/${c.req.param('ref')}`);
    return c.json(await Promise.all(refs.map((ref) => gitRefView(context, repository, git, ref))));
  });
};

const createRoute = ({ app, context }: Api): void => {
  app.post('/repos/:owner/:repo/git/refs', async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const { repository, git, who } = entered;
    const { ref, sha } = await readBody(c, 'Reference', newRef);
    await requireName(entered, ref);
    await requireTarget(entered, ref, sha);
    if ((await readRef(git, ref)) !== null) throw refusals.unprocessable('Reference already exists');
    const answer = await moveRef(context, repository, who, { ref, before: null, after: sha });
    if (answer === 'lost') throw refusals.unprocessable('Reference already exists');
    if (answer === 'nested') throw refusals.unprocessable('Reference update failed');
    return c.json(await gitRefView(context, repository, git, { name: ref, id: sha }), 201);
  });
};

/** More often than that nobody is in the way: the ref cannot be moved. */
const mostTries = 10;

interface Advance {
  readonly ref: string;
  readonly sha: string;
  readonly force: boolean;
}

/** Of two that move a ref at once, the loser is judged again on what the winner left. */
async function advance(api: Api, entered: Entered, asked: Advance, tries = 0): Promise<void> {
  const { ref, sha, force } = asked;
  const { repository, git, who } = entered;
  const before = await readRef(git, ref);
  if (before === null) throw refusals.unprocessable('Reference does not exist');
  if (!force && !(await isAncestor(git, before, sha))) throw refusals.unprocessable('Update is not a fast forward');
  const answer = await moveRef(api.context, repository, who, { ref, before, after: sha });
  if (answer === 'moved') return;
  if (tries === mostTries) throw refusals.unprocessable('Reference cannot be updated');
  await advance(api, entered, asked, tries + 1);
}

const changeRoutes = (api: Api): void => {
  const { app, context } = api;
  app.patch('/repos/:owner/:repo/git/refs/:ref{.+}', async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const name = `refs/${c.req.param('ref')}`;
    const { sha, force } = await readBody(c, 'Reference', movedRef);
    await requireTarget(entered, name, sha);
    await advance(api, entered, { ref: name, sha, force });
    return c.json(await gitRefView(context, entered.repository, entered.git, { name, id: sha }));
  });
  app.delete('/repos/:owner/:repo/git/refs/:ref{.+}', async (c) => {
    const { repository, git, who } = enter(context, c, { contents: 'write' });
    const ref = `refs/${c.req.param('ref')}`;
    const before = await readRef(git, ref);
    if (before === null) throw refusals.unprocessable('Reference does not exist');
    const answer = await moveRef(context, repository, who, { ref, before, after: null });
    if (answer !== 'moved') throw refusals.unprocessable('Reference does not exist');
    return c.body(null, 204);
  });
};

export const refRoutes = (api: Api): void => {
  readRoutes(api);
  createRoute(api);
  changeRoutes(api);
};
