import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { releaseStore } from '@model-gitops/artifacts';
import { createForgeClient, type ForgeClient, githubGitStore, githubReleases } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import {
  type ArtifactStore,
  finishRegistrations,
  type RegistryWithStore,
  readLedger,
  registerModel,
} from '@model-gitops/lifecycle';
import { type PlannedFault, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { registration } from '../../packages/lifecycle/src/testing/registry-world.ts';

// What may go wrong on the way to a release, and what may happen to it afterwards.

let github: StandIn;
let folder: string;
let count = 0;

beforeAll(async () => {
  github = await startStandIn();
  github.createUser('anna');
  folder = await mkdtemp(join(tmpdir(), 'release-faults-'));
});
afterAll(async () => {
  await github.close();
  await rm(folder, { recursive: true });
});

const bytes = new TextEncoder().encode('weights of the fraud model');
const sha256 = createHash('sha256').update(bytes).digest('hex');
const owner = { model: 'fraud', operation: 'a'.repeat(64) };
const version = { ...owner, tag: 'fraud@v1.0.0' };

const routes = {
  create: 'POST /repos/{owner}/{repo}/releases',
  upload: 'POST /api/uploads/repos/{owner}/{repo}/releases/{release}/assets',
  publish: 'PATCH /repos/{owner}/{repo}/releases/{release}',
};

let repository: string;
let client: ForgeClient;

function clientOf(permissions: { readonly contents: 'read' | 'write' }): ForgeClient {
  const [login = '', name = ''] = repository.split('/');
  return createForgeClient({
    apiUrl: github.apiUrl,
    access: { token: github.workflowToken(repository, permissions) },
    repository: { owner: login, name },
    host: systemHost(),
  });
}

const storeOf = (of: ForgeClient) => releaseStore(githubReleases(of));
const model = () => ({ path: join(folder, 'model.onnx'), sha256 });

beforeEach(async () => {
  count += 1;
  repository = `anna/models-${count}`;
  await github.createRepository(repository);
  github.faults.clear();
  client = clientOf({ contents: 'write' });
  await writeFile(model().path, bytes);
  const content = Buffer.from('models\n').toString('base64');
  const start = { path: 'README.md', message: 'Start', content };
  await client.request('PUT /repos/{owner}/{repo}/contents/{path}', start);
});

const recordOf = () => github.state.repositories.find(({ name }) => name === `models-${count}`);
const releases = () => github.state.releases.filter((release) => release.repository === recordOf()?.id);
const assets = () => github.state.assets.filter((asset) => asset.repository === recordOf()?.id);

async function makeTag(): Promise<void> {
  const { data: head } = await client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: 'heads/main' });
  const ref = `refs/tags/${version.tag}`;
  await client.request('POST /repos/{owner}/{repo}/git/refs', { ref, sha: head.object.sha });
}

async function tags(): Promise<readonly string[]> {
  const refs = await githubGitStore(client).readRefs('refs/tags/');
  return refs.map(({ name }) => name);
}

/** As a registration does it, with the tag there before it is sealed. */
async function store(into: ArtifactStore = storeOf(client)): Promise<void> {
  await into.put(model(), owner);
  if ((await tags()).length === 0) await makeTag();
  await into.seal(version);
}

/** One published release with the bytes, one tag, and a reader gets what was put. */
async function expectWhole(): Promise<void> {
  expect(releases()).toMatchObject([{ isDraft: false, tag: version.tag, name: 'fraud 1.0.0' }]);
  expect(assets()).toMatchObject([{ name: sha256, state: 'uploaded', digest: `sha256:${sha256}` }]);
  expect(await tags()).toEqual([`refs/tags/${version.tag}`]);
  const to = join(folder, 'fetched.onnx');
  await storeOf(clientOf({ contents: 'read' })).fetch(sha256, to, version);
  expect(new Uint8Array(await readFile(to))).toEqual(bytes);
}

const refusal = (code: string) => ({ kind: 'refused', problems: [{ code }] });
const reader = () => storeOf(clientOf({ contents: 'read' }));
const fetched = () => reader().fetch(sha256, join(folder, 'fetched.onnx'), version);

const lost = [
  ['an error before the effect', { kind: 'error', when: 'before' }],
  ['an error after the effect', { kind: 'error', when: 'after' }],
  ['a reset before the effect', { kind: 'reset', when: 'before' }],
  ['a reset after the effect', { kind: 'reset', when: 'after' }],
  ['half an answer', { kind: 'reset', when: 'midway' }],
] as const satisfies readonly (readonly [string, PlannedFault])[];

describe.each(Object.entries(routes))('where GitHub loses the answer of the %s', (_name, route) => {
  it.each(lost)('by %s, there is one release all the same', async (_words, fault) => {
    github.faults.plan([{ ...fault, route }]);
    await store();
    expect(github.faults.struck).toHaveLength(1);
    await expectWhole();
  });

  it.each(lost)('by %s, again and again, running once more ends in one release', async (_words, fault) => {
    github.faults.plan([{ ...fault, route, times: 3 }]);
    await store().catch((thrown) => expect(thrown).toMatchObject({ problems: [{ code: 'forge-unreachable' }] }));
    expect(github.faults.struck.length).toBeGreaterThan(0);
    github.faults.clear();
    await store();
    await expectWhole();
  });
});

describe('an upload that broke off', () => {
  it('is replaced, where GitHub keeps its half under the name', async () => {
    await storeOf(client).put(model(), owner);
    const [asset] = assets();
    Object.assign(asset ?? {}, { state: 'open', size: 3, digest: '' });
    expect(await storeOf(client).has(sha256, owner)).toBe(false);
    await store();
    await expectWhole();
  });

  it('is replaced, where nothing but other bytes are there', async () => {
    await storeOf(client).put(model(), owner);
    const [asset] = assets();
    Object.assign(asset ?? {}, { digest: `sha256:${'0'.repeat(64)}` });
    await store();
    await expectWhole();
  });
});

describe('two registrations of the same at once', () => {
  it('end in one release, and leave no draft', async () => {
    const stores = [1, 2, 3].map(() => storeOf(clientOf({ contents: 'write' })));
    await Promise.all(stores.map((each) => each.put(model(), owner)));
    await makeTag();
    await Promise.all(stores.map((each) => each.seal(version)));
    await expectWhole();
  });

  it('end in one release where each made a draft', async () => {
    const [one, other] = [storeOf(client), storeOf(clientOf({ contents: 'write' }))];
    await one.put(model(), owner);
    // the other one does not see the draft yet
    const hidden = github.state.releases.splice(-1, 1);
    await other.put(model(), owner);
    github.state.releases.push(...hidden);
    await makeTag();
    await one.seal(version);
    await other.seal(version);
    await expectWhole();
  });
});

describe('what happens to a published release later', () => {
  beforeEach(() => store());

  it('changes nothing where only its words are edited', async () => {
    const [release] = releases();
    const edit = { release_id: release?.id ?? 0, name: 'The best one', body: 'See the wiki.' };
    await client.request(routes.publish.replace('{release}', '{release_id}'), edit);
    expect(await fetched()).toMatchObject({ sha256, size: bytes.length });
  });

  it('is refused where its bytes were replaced', async () => {
    const [release, asset] = [releases()[0], assets()[0]];
    await client.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { asset_id: asset?.id ?? 0 });
    const url = `${github.url}/api/uploads/repos/${repository}/releases/${release?.id}/assets?name=${sha256}`;
    const headers = { 'content-type': 'application/octet-stream' };
    await client.request(`POST ${url}`, { headers, data: Buffer.from('other bytes') });
    await expect(fetched()).rejects.toMatchObject(refusal('digest-mismatch'));
  });

  it('is refused where its bytes were deleted, or renamed', async () => {
    const asset_id = assets()[0]?.id ?? 0;
    const one = '/repos/{owner}/{repo}/releases/assets/{asset_id}';
    await client.request(`PATCH ${one}`, { asset_id, name: 'model.onnx' });
    await expect(fetched()).rejects.toMatchObject(refusal('artifact-missing'));
    await client.request(`DELETE ${one}`, { asset_id });
    await expect(fetched()).rejects.toMatchObject(refusal('artifact-missing'));
  });

  it('is refused where it was made a draft again, which readers do not see', async () => {
    const release_id = releases()[0]?.id ?? 0;
    await client.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', { release_id, draft: true });
    await expect(fetched()).rejects.toMatchObject(refusal('artifact-missing'));
  });

  it('is nothing to a registration that runs again', async () => {
    github.requests.reset();
    await storeOf(client).seal(version);
    expect(github.requests.all.map(({ method }) => method)).toEqual(['GET']);
  });
});

describe('immutable releases', () => {
  beforeEach(() => Object.assign(recordOf() ?? {}, { hasImmutableReleases: true }));

  it('are filled before they are published, and sealed again without a write', async () => {
    await store();
    await expectWhole();
    await storeOf(client).seal(version);
    await expectWhole();
  });

  it('keep their bytes, whatever somebody asks for', async () => {
    await store();
    const remove = githubReleases(client).removeAsset(assets()[0]?.id ?? 0);
    await expect(remove).rejects.toMatchObject({
      problems: [{ code: 'forge-refused', message: expect.stringContaining('immutable') }],
    });
    await expectWhole();
  });

  it('burn the name of a tag for good: that is told, and the draft stays', async () => {
    recordOf()?.burntTags.push(version.tag);
    await expect(store()).rejects.toMatchObject({
      problems: [{ code: 'forge-refused', message: expect.stringContaining('immutable release') }],
    });
    expect(releases()).toMatchObject([{ isDraft: true }]);
  });
});

describe('a token that may only read', () => {
  it('stores nothing, and the problem names what it lacks', async () => {
    const put = reader().put(model(), owner);
    await expect(put).rejects.toMatchObject({
      problems: [{ code: 'forge-permission', remedy: expect.stringContaining('contents: write') }],
    });
    expect(releases()).toEqual([]);
  });
});

describe('a registration that was stopped between its tag and its release', () => {
  const request = async () => {
    const [main] = await githubGitStore(client).readRefs('refs/heads/main');
    const wanted = registration(main?.id ?? null, 'a');
    return { ...wanted, artifacts: wanted.artifacts.map((artifact) => ({ ...artifact, ...model() })) };
  };
  const writer = (into: ArtifactStore): RegistryWithStore => ({
    git: githubGitStore(client),
    host: systemHost(),
    folder: 'registry',
    defaultBranch: 'main',
    identity: { name: 'github-actions[bot]', email: 'actions@example.com' },
    store: into,
  });
  const stop = async () => {
    const seal = async () => {
      throw new Error('killed');
    };
    await expect(registerModel(await request(), writer({ ...storeOf(client), seal }))).rejects.toThrow('killed');
  };
  const finish = () => finishRegistrations({ git: githubGitStore(client), store: storeOf(client) });

  it('is finished by running it again', async () => {
    await stop();
    expect(releases()).toMatchObject([{ isDraft: true }]);
    expect(await registerModel(await request(), writer(storeOf(client)))).toMatchObject({ created: false });
    await expectWhole();
    const { events } = await readLedger(githubGitStore(client), 'fraud');
    expect(events.map(({ id }) => id)).toEqual(['registered-1.0.0']);
  });

  it('is finished by whoever looks after the repository, who asks once where nothing waits', async () => {
    await stop();
    expect(await finish()).toEqual([version.tag]);
    await expectWhole();
    github.requests.reset();
    expect(await finish()).toEqual([]);
    expect(github.requests.count()).toBe(1);
  });

  it('is left alone before it has its tag', async () => {
    await storeOf(client).put(model(), owner);
    expect(await finish()).toEqual([]);
    expect(releases()).toMatchObject([{ isDraft: true }]);
  });
});
