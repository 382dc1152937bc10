import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import { type Context, timeOf } from '../context.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Asset, Release } from '../records/releases.ts';
import { refusals } from '../refusals.ts';
import { requireMutable } from '../releases/releases.ts';
import { readBytes, storageKey, storageUrl, storeBytes } from '../releases/storage.ts';
import { type Entered, enter, may } from '../require-permission.ts';
import { findRepository, nextId } from '../state.ts';
import { assetView } from '../views/release.ts';
import { pickRelease } from './releases.ts';

const mostAssets = 1000;

/** GitHub puts a point where a name has anything else than these. */
const cleanName = (name: string): string => name.replaceAll(/[^\w.+@-]+/g, '.');

function requireRoom({ state }: Context, release: Release, name: string): void {
  const there = state.assets.filter((asset) => asset.release === release.id);
  if (there.some((asset) => asset.name === name))
    throw refusals.invalid({ resource: 'ReleaseAsset', code: 'already_exists', field: 'name' });
  if (there.length >= mostAssets)
    throw refusals.invalid({
      resource: 'ReleaseAsset',
      code: 'custom',
      field: 'release',
      message: 'has too many assets',
    });
}

/** The asset of `:asset`, with its release as far as it may be seen. */
function pickAsset(context: Context, c: Request<Env>, entered: Entered): { asset: Asset; release: Release } {
  const asset = context.state.assets.find(({ id }) => id === Number(c.req.param('asset')));
  const release = context.state.releases.find(({ id }) => id === asset?.release);
  if (asset?.repository !== entered.repository.id || release === undefined) throw refusals.notFound();
  if (release.isDraft && !may(entered.repository, entered.who, 'contents', 'write')) throw refusals.notFound();
  return { asset, release };
}

function uploadRoute({ root, context }: Api): void {
  root.post('/api/uploads/repos/:owner/:repo/releases/:release{[0-9]+}/assets', async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const release = pickRelease(context, c, entered);
    requireMutable(release);
    const name = cleanName(c.req.query('name') ?? '');
    if (name === '') throw refusals.missing('ReleaseAsset', 'name');
    requireRoom(context, release, name);
    const { body } = c.req.raw;
    if (body === null) throw refusals.badRequest('Bad Content-Length');
    const bytes = await storeBytes(context, body);
    if (bytes.size === 0) throw refusals.badRequest('Bad Content-Length');
    // another upload of that name may have come first
    requireRoom(context, release, name);
    const asset: Asset = {
      id: nextId(context.state),
      release: release.id,
      repository: entered.repository.id,
      name,
      label: c.req.query('label') ?? null,
      contentType: c.req.header('content-type') ?? 'application/octet-stream',
      ...bytes,
      state: 'uploaded',
      uploader: entered.who.login,
      createdAt: timeOf(context),
    };
    context.state.assets.push(asset);
    return c.json(assetView(context, entered.repository, release, asset), 201);
  });
}

const changedAsset = z.object({ name: z.string().min(1).optional(), label: z.string().nullable().optional() });

function manageRoutes({ app, context }: Api): void {
  const one = '/repos/:owner/:repo/releases/assets/:asset{[0-9]+}';
  app.get('/repos/:owner/:repo/releases/:release{[0-9]+}/assets', (c) => {
    const entered = enter(context, c, { contents: 'read' });
    const release = pickRelease(context, c, entered);
    const own = context.state.assets.filter((asset) => asset.release === release.id);
    return c.json(takePage(c, own).map((asset) => assetView(context, entered.repository, release, asset)));
  });
  app.get(one, (c) => {
    const entered = enter(context, c, { contents: 'read' });
    const { asset, release } = pickAsset(context, c, entered);
    if (c.req.header('accept')?.includes('application/octet-stream') === true)
      return c.redirect(storageUrl(context, asset), 302);
    return c.json(assetView(context, entered.repository, release, asset));
  });
  app.patch(one, async (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const { asset, release } = pickAsset(context, c, entered);
    requireMutable(release);
    const { name, label } = await readBody(c, 'ReleaseAsset', changedAsset);
    if (name !== undefined && cleanName(name) !== asset.name) requireRoom(context, release, cleanName(name));
    Object.assign(asset, name === undefined ? {} : { name: cleanName(name) }, label === undefined ? {} : { label });
    return c.json(assetView(context, entered.repository, release, asset));
  });
  app.delete(one, (c) => {
    const entered = enter(context, c, { contents: 'write' });
    const { asset, release } = pickAsset(context, c, entered);
    requireMutable(release);
    context.state.assets.splice(context.state.assets.indexOf(asset), 1);
    return c.body(null, 204);
  });
}

/** Where the bytes are: the address itself is the permission, so nobody is asked who he is. */
function storageRoutes({ root, context }: Api): void {
  root.get('/storage/:asset/:key', (c) => {
    const asset = context.state.assets.find(({ id }) => id === Number(c.req.param('asset')));
    if (asset === undefined || c.req.param('key') !== storageKey(context, asset)) throw refusals.notFound();
    const headers = {
      'content-type': 'application/octet-stream',
      'content-length': String(asset.size),
      'content-disposition': `attachment; filename=${asset.name}`,
    };
    return c.body(readBytes(context, asset) as ReadableStream, 200, headers);
  });
  root.get('/:owner/:repo/releases/download/:tag/:name', (c) => {
    const { owner, repo, tag, name } = c.req.param();
    const repository = findRepository(context.state, owner, repo);
    if (repository === undefined || repository.isPrivate) throw refusals.notFound();
    const isMeant = (one: Release) => one.repository === repository.id && !one.isDraft && one.tag === tag;
    const release = context.state.releases.find(isMeant);
    const asset = context.state.assets.find((one) => one.release === release?.id && one.name === name);
    if (asset === undefined) throw refusals.notFound();
    return c.redirect(storageUrl(context, asset), 302);
  });
}

export const assetRoutes = (api: Api): void => {
  uploadRoute(api);
  manageRoutes(api);
  storageRoutes(api);
};
