import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { openCheckout } from '@model-gitops/checkout';
import { startStandIn } from '@model-gitops/stand-in';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { git } from '../contracts/scratch-git.ts';

const { PATH = '' } = process.env;
let root = '';
const place = (name: string) => join(root, name);
const open = (folder: string, changes: object = {}) =>
  openCheckout({ folder, from: pathToFileURL(place('cli.js')).href, environment: { PATH }, ...changes });
const codeOf = async (work: Promise<unknown>) =>
  work.then(
    () => null,
    (thrown) => (thrown as { problems: { code: string }[] }).problems[0]?.code,
  );

async function repository(name: string, files: Readonly<Record<string, string>> = {}): Promise<string> {
  await mkdir(place(name));
  git(place(name), 'init', '--quiet');
  for (const [path, text] of Object.entries({ 'train.py': 'print(1)\n', ...files })) {
    await mkdir(join(place(name), path, '..'), { recursive: true });
    await writeFile(join(place(name), path), text);
  }
  git(place(name), 'add', '.');
  git(place(name), 'commit', '--quiet', '-m', 'First');
  return place(name);
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'open-checkout-'));
});
afterEach(() => rm(root, { recursive: true }));

describe('opening a checkout', () => {
  it('finds the root from a folder below it', async () => {
    const folder = await repository('work', { 'models/fraud/model.yaml': 'name: fraud\n' });
    const checkout = await open(join(folder, 'models', 'fraud'));
    expect(await checkout.workspace.readText('models/fraud/model.yaml')).toBe('name: fraud\n');
    expect(checkout.head).toMatchObject({ branch: 'main', defaultBranch: 'main' });
    expect(await checkout.readDirty()).toEqual([]);
    expect(checkout).toMatchObject({ isLocal: true, mergePlace: 'working-tree', workflowRun: null });
    expect(checkout.store).not.toBeNull();
  });

  it('runs commands in the repository, with the environment of the door', async () => {
    const folder = await repository('work');
    const environment = { PATH, SEED: '7', GITHUB_TOKEN: 'ghs_0123456789' };
    const { commands } = await open(folder, { environment });
    const { lastLines } = await commands.run({ command: 'ls; echo "$SEED$GITHUB_TOKEN"', cwd: '', env: {} });
    expect(lastLines).toEqual(['train.py', '7']);
  });

  it('knows a clone from a repository without a remote', async () => {
    const origin = await repository('work');
    git(root, 'clone', '--quiet', origin, 'clone');
    expect(await open(place('clone'))).toMatchObject({ isLocal: false, mergePlace: 'clone' });
    expect(await open(place('clone'), { isLocal: true })).toMatchObject({ isLocal: true, mergePlace: 'working-tree' });
  });

  it('reads the configuration of a bare repository from its default branch, and has no store of its own', async () => {
    const origin = await repository('work', { '.github/model-gitops.yml': 'registry: models-registry\n' });
    git(root, 'clone', '--quiet', '--bare', origin, 'bare.git');
    const bare = await open(place('bare.git'));
    expect(bare).toMatchObject({ mergePlace: 'bare', store: null, repository: { registry: 'models-registry' } });
    expect((await open(place('bare.git'), { store: `dir:${place('store')}` })).store).not.toBeNull();
  });

  it('asks the remote for its default branch where a clone of one branch cannot know it', async () => {
    const origin = await repository('trunk-origin');
    git(origin, 'branch', '--move', 'trunk');
    git(origin, 'branch', 'feature');
    git(root, 'clone', '--quiet', '--single-branch', '--branch', 'feature', `file://${origin}`, 'one-branch');
    expect((await open(place('one-branch'))).head.defaultBranch).toBe('trunk');
    expect((await open(place('one-branch'), { isOffline: true })).head.defaultBranch).toBe('feature');
  });

  it('takes the default branch from who knows it', async () => {
    const folder = await repository('work');
    expect((await open(folder, { defaultBranch: 'trunk' })).head.defaultBranch).toBe('trunk');
  });

  it('opens a folder that is no repository, for the steps that need none', async () => {
    const checkout = await open(root);
    expect(checkout.head).toMatchObject({ commit: null, branch: null });
    expect(await codeOf(checkout.openReader())).toBe('not-a-repository');
    expect(await codeOf(checkout.openWriter())).toBe('not-a-repository');
  });

  it('tells a broken configuration at its line', async () => {
    const folder = await repository('work', { '.github/model-gitops.yml': 'registry: x\nregistri: y\n' });
    await expect(open(folder)).rejects.toMatchObject({
      problems: [{ file: '.github/model-gitops.yml', line: 2 }],
    });
  });

  it('writes as nobody only where a door says who', async () => {
    const folder = await repository('work');
    const before = { ...process.env };
    Object.assign(process.env, { GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null', HOME: root });
    try {
      expect(await codeOf((await open(folder)).openWriter())).toBe('identity-missing');
      const identity = { name: 'bot', email: 'bot@example.com' };
      expect((await (await open(folder, { identity })).openWriter()).identity).toEqual(identity);
    } finally {
      process.env = before;
    }
  });

  it('reads what the clone remembers when its remote is gone', async () => {
    const origin = await repository('work');
    git(root, 'clone', '--quiet', origin, 'clone');
    await rm(origin, { recursive: true });
    const { reader, notes } = await (await open(place('clone'))).openReader();
    await reader.git.readRefs('refs/heads/');
    expect(notes()).toHaveLength(1);
  });

  it('finds no engine where there is none, and says what to do', async () => {
    await writeFile(place('a.csv'), 'a\n1\n');
    const environment = { PATH, MODEL_GITOPS_ENGINES: place('engines') };
    const { engine } = await open(root, { environment });
    const opened = engine.open({ a: { paths: [place('a.csv')], format: 'csv' } });
    await expect(opened).rejects.toMatchObject({ kind: 'could-not-run', problems: [{ code: 'engine-missing' }] });
  });
});

describe('the forge of a checkout', () => {
  it('is the GitHub behind origin, with the token of the environment, where something may be asked', async () => {
    const github = await startStandIn();
    try {
      await github.createRepository('ana/penguins');
      const folder = await repository('work');
      git(folder, 'remote', 'add', 'origin', `${github.url}/ana/penguins.git`);
      const environment = { PATH, GITHUB_API_URL: github.apiUrl };
      const withToken = { ...environment, GITHUB_TOKEN: github.createToken('ana') };
      const repositoryUrl = `${github.url}/ana/penguins`;
      expect(await open(folder, { environment })).toMatchObject({ forge: null, repositoryUrl });
      for (const quiet of [{ isOffline: true }, { isLocal: true }])
        expect(await open(folder, { environment: withToken, ...quiet })).toMatchObject({ forge: null, repositoryUrl });
      const { forge } = await open(folder, { environment: withToken });
      expect(forge?.checks.kind).toBe('status');
      expect(await forge?.pullRequests.find({ state: 'open' })).toEqual([]);
      expect(await forge?.people.readPermission('ana')).toBe('admin');
    } finally {
      await github.close();
    }
  });
  it('is none without a remote', async () => {
    const checkout = await open(await repository('work'), { environment: { PATH, GITHUB_TOKEN: 't' } });
    expect(checkout).toMatchObject({ forge: null, repositoryUrl: null });
  });
});
