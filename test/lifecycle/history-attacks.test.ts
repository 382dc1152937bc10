import { rmSync, utimesSync, writeFileSync } from 'node:fs';
import { gitStore } from '@model-gitops/git';
import {
  answerAt,
  fetchModel,
  listHistory,
  listModels,
  promoteModel,
  type RegistryReader,
  registerModel,
  verifyRegistry,
} from '@model-gitops/lifecycle';
import { expect, it } from 'vitest';
import { cloneOf, git, scratchFolder } from '../contracts/scratch-git.ts';
import { openWriter, requestFor } from './registry-writer.ts';

// What people and tools do to a repository behind the registry's back. Each is found or refused, never a crash.

const bareRepository = scratchFolder();
const pointer = 'registry/fraud/production.yaml';
const production = 'origin/model-gitops/promote/fraud/production';
const everything = { model: null, bytes: null };

interface Scene {
  readonly bare: string;
  readonly clone: string;
  readonly reader: RegistryReader;
}

async function propose(clone: string, version: string): Promise<void> {
  const request = { model: 'fraud', config: null, requestedBy: 'ana', dryRun: false, local: false } as const;
  await promoteModel({ ...request, version, environment: 'production' }, await openWriter(clone, 'origin'));
  git(clone, 'fetch', '--quiet', 'origin');
}

async function promote(clone: string, version: string): Promise<void> {
  await propose(clone, version);
  git(clone, 'merge', '--quiet', '--no-ff', '--no-edit', production);
  git(clone, 'push', '--quiet', 'origin', 'main');
}

/** Two versions, both promoted, one after the other. */
async function openScene(): Promise<Scene> {
  const bare = bareRepository();
  const clone = cloneOf(bare, 'clone');
  git(clone, 'checkout', '--quiet', '-b', 'main');
  writeFileSync(`${clone}/train.py`, 'fit()\n');
  git(clone, 'add', '.');
  git(clone, 'commit', '--quiet', '-m', 'Start');
  git(clone, 'push', '--quiet', 'origin', 'main');
  git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  for (const [content, version] of [
    ['one', '1.0.0'],
    ['two', '1.1.0'],
  ] as const) {
    const writer = await openWriter(clone, 'origin');
    await registerModel(requestFor(writer.head, 'fraud', content, { version }), writer);
    await promote(clone, version);
  }
  return { bare, clone, reader: await openWriter(clone, 'origin') };
}

async function rules({ reader }: Scene): Promise<readonly string[]> {
  return (await verifyRegistry(everything, reader)).findings.map(({ rule }) => rule);
}

function push(clone: string, message: string): void {
  git(clone, 'commit', '--quiet', '--all', '-m', message);
  git(clone, 'push', '--quiet', 'origin', 'main');
}

const pull = { reference: 'fraud@production', at: null, outFolder: 'out', allowUnapproved: false };

it('finds every way in which a pointer came to main but by a promotion, and hands no bytes out', async () => {
  const scene = await openScene();
  const { clone, reader } = scene;
  expect(await rules(scene)).toEqual([]);
  const start = git(clone, 'rev-parse', 'HEAD');
  const ways: Readonly<Record<string, () => void>> = {
    'an old pointer pushed again': () => {
      git(clone, 'checkout', '--quiet', 'HEAD~1', '--', pointer);
      push(clone, 'Back');
    },
    'a revert without a merge': () => {
      git(clone, 'revert', '--no-edit', '-m', '1', 'HEAD');
      git(clone, 'push', '--quiet', 'origin', 'main');
    },
    'an octopus': () => {
      git(clone, 'checkout', '--quiet', '-b', 'side');
      git(clone, 'checkout', '--quiet', 'HEAD~1', '--', pointer);
      git(clone, 'commit', '--quiet', '-m', 'Side');
      git(clone, 'checkout', '--quiet', '-b', 'other', 'main');
      git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Other');
      git(clone, 'checkout', '--quiet', 'main');
      git(clone, 'merge', '--quiet', '--no-ff', '--no-edit', 'side', 'other');
      git(clone, 'push', '--quiet', 'origin', 'main');
    },
    'a deletion': () => {
      git(clone, 'rm', '--quiet', pointer);
      push(clone, 'Away');
    },
    'another history of main': () => {
      git(clone, 'checkout', '--quiet', '-b', 'foxtrot', 'HEAD~1');
      git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Mine');
      git(clone, 'merge', '--quiet', '--no-edit', 'main');
      git(clone, 'push', '--quiet', 'origin', 'foxtrot:main');
      git(clone, 'checkout', '--quiet', 'main');
    },
  };
  for (const [way, go] of Object.entries(ways)) {
    go();
    expect({ way, rules: await rules(scene) }).toEqual({
      way,
      rules: expect.arrayContaining(['pointer-outside-promotion']),
    });
    await expect(fetchModel(pull, { ...reader, store: null }), way).rejects.toMatchObject({
      problems: [{ code: expect.stringMatching(/^(not-approved|version-unknown)$/) }],
    });
    git(clone, 'reset', '--quiet', '--hard', start);
    git(clone, 'push', '--quiet', '--force', 'origin', 'main');
  }
  expect(await rules(scene)).toEqual([]);
}, 120_000);

it('finds a pointer that nobody can read; the decision before it stands', async () => {
  const scene = await openScene();
  const { clone, reader } = scene;
  for (const edit of [
    (text: string) => `\ufeff${text}`,
    (text: string) => `${text}owner: me\n`,
    (text: string) => text.replace('1.1.0', '"1.1.0"'),
  ]) {
    writeFileSync(`${clone}/${pointer}`, edit(`${git(clone, 'show', `HEAD:${pointer}`)}\n`));
    push(clone, 'Edit');
    expect(await rules(scene)).toEqual(expect.arrayContaining(['pointer-outside-promotion', 'digest-mismatch']));
    const { models, notes } = await listModels({ model: null }, reader);
    expect(models[0]?.environments.production).toMatchObject({ wanted: '1.1.0' });
    expect(notes).toContainEqual(expect.stringContaining(pointer));
    git(clone, 'reset', '--quiet', '--hard', 'HEAD~1');
    git(clone, 'push', '--quiet', '--force', 'origin', 'main');
  }
}, 60_000);

it('takes a squash, a rebase and a merged revert for what they are', async () => {
  const scene = await openScene();
  const { clone } = scene;
  await propose(clone, '1.0.0');
  git(clone, 'merge', '--quiet', '--squash', production);
  push(clone, 'Squashed');
  await propose(clone, '1.1.0');
  git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Meanwhile');
  git(clone, 'cherry-pick', production);
  git(clone, 'push', '--quiet', 'origin', 'main');
  git(clone, 'checkout', '--quiet', '-b', 'back');
  git(clone, 'revert', '--no-edit', 'HEAD');
  git(clone, 'checkout', '--quiet', 'main');
  git(clone, 'merge', '--quiet', '--no-ff', '--no-edit', 'back');
  git(clone, 'push', '--quiet', 'origin', 'main');
  expect(await rules(scene)).toEqual([]);
}, 60_000);

it('answers nothing from a clone whose default branch was renamed away, and all after it was told', async () => {
  const { bare, clone, reader } = await openScene();
  git(clone, 'push', '--quiet', 'origin', 'main:trunk');
  git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/trunk');
  git(clone, 'push', '--quiet', 'origin', ':main');
  await expect(verifyRegistry(everything, reader)).rejects.toMatchObject({
    problems: [{ code: 'default-branch-missing', message: expect.stringContaining('trunk') }],
  });
  git(clone, 'remote', 'set-head', 'origin', '--auto');
  const { checked, outcome } = await verifyRegistry(everything, await openWriter(clone, 'origin'));
  expect({ outcome, pointers: checked.pointers }).toEqual({ outcome: 'pass', pointers: 2 });
}, 60_000);

it('answers nothing from a shallow clone that cannot ask: it would take the cut for the beginning', async () => {
  const { bare, reader } = await openScene();
  const shallow = cloneOf(bare, 'shallow', '--no-local', '--depth=1', '--no-single-branch');
  const offline = { ...reader, git: gitStore({ repository: shallow, remote: 'origin', offline: true }) };
  for (const question of [
    () => verifyRegistry(everything, offline),
    () => listModels({ model: null }, offline),
    () => answerAt({ time: '2099-01-01' }, offline),
  ])
    await expect(question()).rejects.toMatchObject({ kind: 'could-not-run', problems: [{ code: 'history-cut' }] });
}, 60_000);

it('reads tags that no Git would write today', async () => {
  const { clone, reader } = await openScene();
  const text = git(clone, 'cat-file', 'tag', 'fraud@v1.1.0');
  const deep = `${'['.repeat(15_000)}${']'.repeat(15_000)}`;
  for (const [what, changed, rule] of [
    ['a date beyond all clocks', text.replace(/(tagger .*>) \d+/, '$1 99999999999999'), 'tag-moved'],
    ['no tagger', text.replace(/tagger .*\n/, ''), 'tag-moved'],
    ['a record without end', text.replace('"signature": null', `"signature": ${deep}`), 'record-changed'],
  ] as const) {
    expect(changed, what).not.toBe(text);
    writeFileSync(`${clone}/tag.txt`, `${changed}\n`);
    const id = git(clone, 'hash-object', '-w', '-t', 'tag', '--literally', 'tag.txt');
    git(clone, 'update-ref', 'refs/tags/fraud@v1.1.0', id);
    git(clone, 'push', '--quiet', '--force', 'origin', 'fraud@v1.1.0');
    const findings = (await verifyRegistry(everything, reader)).findings.map((finding) => finding.rule);
    expect({ what, findings }).toEqual({ what, findings: expect.arrayContaining([rule]) });
    await listHistory({ model: 'fraud', environment: null }, reader);
    await answerAt({ time: '2099-01-01' }, reader);
  }
}, 60_000);

it('is the same registry with sha256 object names', async () => {
  const place = bareRepository();
  const [bare, clone] = [`${place}/origin.git`, `${place}/clone`];
  git(place, 'init', '--quiet', '--bare', '--object-format=sha256', bare);
  git(place, 'init', '--quiet', '--object-format=sha256', clone);
  git(clone, 'remote', 'add', 'origin', bare);
  git(clone, 'config', 'user.name', 'Ana');
  git(clone, 'config', 'user.email', 'ana@example.com');
  git(clone, 'commit', '--quiet', '--allow-empty', '-m', 'Start');
  git(clone, 'push', '--quiet', 'origin', 'main');
  const writer = await openWriter(clone, 'origin');
  await registerModel(requestFor(writer.head, 'fraud', 'one'), writer);
  await promote(clone, '1.0.0');
  const { outcome, checked } = await verifyRegistry(everything, writer);
  expect({ outcome, ...checked }).toMatchObject({ outcome: 'pass', versions: 1, pointers: 1, events: 2 });
  git(clone, 'fsck', '--strict');
}, 60_000);

it('names the lock that a Git left when it was killed, and writes once it is gone', async () => {
  const { clone } = await openScene();
  git(clone, 'branch', 'model-gitops/ledger', 'origin/model-gitops/ledger');
  const writer = await openWriter(clone, null);
  const lock = `${clone}/.git/refs/heads/model-gitops/ledger.lock`;
  writeFileSync(lock, '');
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(lock, longAgo, longAgo);
  const request = requestFor(writer.head, 'fraud', 'three', { version: '1.2.0' });
  await expect(registerModel(request, writer)).rejects.toMatchObject({
    kind: 'could-not-run',
    problems: [{ code: 'ref-locked', message: expect.stringContaining('ledger.lock') }],
  });
  rmSync(lock);
  expect(await registerModel(request, writer)).toMatchObject({ outcome: 'pass', version: '1.2.0' });
  expect((await verifyRegistry(everything, writer)).notes).not.toContainEqual(expect.stringContaining('vouches'));
}, 60_000);
