import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseStore } from '@model-gitops/artifacts';
import { createForgeClient, type ForgeClient, githubReleases } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import { type StandIn, startStandIn } from '@model-gitops/stand-in';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { artifactStoreContract, type OpenStore } from './artifact-store.ts';

let github: StandIn;
let count = 0;

beforeAll(async () => {
  github = await startStandIn();
  github.createUser('anna');
});
afterAll(() => github.close());

interface Opened extends OpenStore {
  readonly client: ForgeClient;
  readonly repository: string;
}

/** A repository of its own, with one commit on main. */
async function openRepository(permissions = { contents: 'write' } as const): Promise<ForgeClient> {
  count += 1;
  const [owner, name] = ['anna', `models-${count}`];
  await github.createRepository(`${owner}/${name}`);
  const token = github.createToken('anna', { permissions });
  const client = createForgeClient({
    apiUrl: github.apiUrl,
    access: { token },
    repository: { owner, name },
    host: systemHost(),
  });
  const file = { path: 'README.md', message: 'Start', content: Buffer.from('models\n').toString('base64') };
  await client.request('PUT /repos/{owner}/{repo}/contents/{path}', file);
  return client;
}

async function assetsOf(client: ForgeClient) {
  const { data } = await client.request('GET /repos/{owner}/{repo}/releases', { per_page: 100 });
  return data.flatMap(({ id, upload_url, assets }) => assets.map((asset) => ({ release: id, upload_url, ...asset })));
}

async function open(): Promise<Opened> {
  const client = await openRepository();
  const root = await mkdtemp(join(tmpdir(), 'release-store-'));
  const disk = join(root, 'disk');
  await mkdir(disk);
  return {
    client,
    repository: `${client.repository.owner}/${client.repository.name}`,
    store: releaseStore(githubReleases(client)),
    path: (name) => join(disk, name),
    write: (path, bytes) => writeFile(path, bytes),
    read: async (path) => new Uint8Array(await readFile(path)),
    list: () => readdir(disk),
    listStored: async () => (await assetsOf(client)).map(({ name }) => name),
    async damage(sha256, bytes) {
      const asset = (await assetsOf(client)).find(({ name }) => name === sha256);
      if (asset === undefined) throw new Error('there is nothing to damage');
      await client.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { asset_id: asset.id });
      const url = `${asset.upload_url.replace(/\{.*$/, '')}?name=${sha256}`;
      await client.request(`POST ${url}`, { headers: { 'content-type': 'application/octet-stream' }, data: bytes });
    },
    close: () => rm(root, { recursive: true }),
  };
}

artifactStoreContract('the releases of a repository', open, {
  'stores an empty file': 'GitHub takes no empty assets',
});

async function makeTag(client: ForgeClient, tag: string): Promise<void> {
  const { data: head } = await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: 'heads/main' });
  await client.request('POST /repos/{owner}/{repo}/git/refs', { ref: `refs/tags/${tag}`, sha: head.object.sha });
}

const bytes = new TextEncoder().encode('weights');

async function put(opened: Opened, operation = 'a'.repeat(64)) {
  const digest = createHash('sha256').update(bytes).digest('hex');
  await opened.write(opened.path('model.onnx'), bytes);
  const owner = { model: 'fraud', operation };
  await opened.store.put({ path: opened.path('model.onnx'), sha256: digest }, owner);
  return { digest, owner: { ...owner, tag: 'fraud@v1.0.0' } };
}

describe('a store in releases', () => {
  it('says that a release takes no empty file, before anything is written', async () => {
    const opened = await open();
    await opened.write(opened.path('empty'), new Uint8Array());
    const file = { path: opened.path('empty'), sha256: createHash('sha256').digest('hex') };
    const refused = opened.store.put(file, { model: 'fraud', operation: 'a' });
    await expect(refused).rejects.toMatchObject({ problems: [{ code: 'artifact-empty' }] });
    expect((await opened.client.request('GET /repos/{owner}/{repo}/releases')).data).toEqual([]);
    await opened.close();
  });

  it('publishes nothing before the version has its tag, and makes no tag of its own', async () => {
    const opened = await open();
    const { owner } = await put(opened);
    await opened.store.seal(owner);
    const { data: before } = await opened.client.request('GET /repos/{owner}/{repo}/releases');
    expect(before).toMatchObject([{ draft: true }]);
    await makeTag(opened.client, owner.tag);
    await opened.store.seal(owner);
    const { data: after } = await opened.client.request('GET /repos/{owner}/{repo}/releases');
    expect(after).toMatchObject([{ draft: false, tag_name: owner.tag, name: 'fraud 1.0.0' }]);
    const { data: tags } = await opened.client.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
      ref: 'tags/',
    });
    expect(tags.map(({ ref }) => ref)).toEqual([`refs/tags/${owner.tag}`]);
    await opened.close();
  });

  it('takes five calls for a registration', async () => {
    const opened = await open();
    github.requests.reset();
    const { owner } = await put(opened);
    await makeTag(opened.client, owner.tag);
    await opened.store.seal(owner);
    expect(github.requests.count() - 2).toBeLessThanOrEqual(5);
    await opened.close();
  });

  it('gives published bytes to a token that sees no drafts', async () => {
    const opened = await open();
    const { owner, digest } = await put(opened);
    await makeTag(opened.client, owner.tag);
    await opened.store.seal(owner);
    const reader = createForgeClient({
      apiUrl: github.apiUrl,
      access: { token: github.createToken('anna', { permissions: { contents: 'read' } }) },
      repository: opened.client.repository,
      host: systemHost(),
    });
    const file = await releaseStore(githubReleases(reader)).fetch(digest, opened.path('pulled.onnx'), owner);
    expect(file.size).toBe(bytes.length);
    await opened.close();
  });

  it('keeps the bytes of a run in a draft of its own', async () => {
    const opened = await open();
    await opened.write(opened.path('model.onnx'), bytes);
    const { digest } = await put(opened);
    const run = { model: 'fraud', run: 'key-1' };
    expect(await opened.store.has(digest, run)).toBe(false);
    await opened.store.put({ path: opened.path('model.onnx'), sha256: digest }, run);
    expect(await opened.store.has(digest, run)).toBe(true);
    expect(await opened.listStored()).toHaveLength(2);
    await opened.close();
  });
});
