import { execSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { gitStore, readDirtyPaths, readHead, readIdentity, readRemoteUrl } from '@model-gitops/git';
import {
  fetchModel,
  listHistory,
  listModels,
  type MergePlace,
  mergeCommands,
  promoteModel,
  readRegistry,
  registerModel,
  verifyRegistry,
} from '@model-gitops/lifecycle';
import { expect, it, vi } from 'vitest';
import { cloneOf, git, scratchFolder } from '../contracts/scratch-git.ts';
import { openWriter, requestFor } from './registry-writer.ts';

const bareRepository = scratchFolder();
const production = 'model-gitops/promote/fraud/production';

function originWithMain(): string {
  const bare = bareRepository();
  const first = cloneOf(bare, 'first');
  git(first, 'checkout', '--quiet', '-b', 'main');
  writeFileSync(`${first}/train.py`, 'fit()\n');
  git(first, 'add', '.');
  git(first, 'commit', '--quiet', '-m', 'Start');
  git(first, 'push', '--quiet', 'origin', 'main');
  git(bare, 'symbolic-ref', 'HEAD', 'refs/heads/main');
  return bare;
}

function promotion(version: string, mergePlace: MergePlace) {
  return {
    model: 'fraud',
    config: null,
    requestedBy: 'ana',
    dryRun: false,
    local: false,
    mergePlace,
    version,
    environment: 'production',
  };
}

function runAll(folder: string, commands: readonly string[] = []): void {
  for (const command of commands) execSync(command, { cwd: folder, stdio: 'pipe' });
}

it('lives through register, promote, merge, pull and verify in a clone, without touching what the user has open', async () => {
  const bare = originWithMain();
  const clone = cloneOf(bare, 'clone');
  writeFileSync(`${clone}/train.py`, 'changed()\n');
  writeFileSync(`${clone}/staged.txt`, 'x\n');
  git(clone, 'add', 'staged.txt');
  const status = git(clone, 'status', '--porcelain');
  const writer = await openWriter(clone, 'origin');
  expect(await registerModel(requestFor(writer.head, 'fraud', 'one'), writer)).toMatchObject({
    version: '1.0.0',
    created: true,
  });
  const answer = await promoteModel(promotion('1.0.0', 'clone'), writer);
  expect(git(clone, 'status', '--porcelain')).toBe(status);
  expect(git(clone, 'rev-parse', '--abbrev-ref', 'HEAD')).toBe('main');
  git(clone, 'stash', '--quiet');
  runAll(clone, answer.commands);
  expect((await listModels({ model: null }, writer)).models[0]?.environments.production).toMatchObject({
    wanted: '1.0.0',
    commit: git(clone, 'rev-parse', 'HEAD'),
  });
  expect(
    await fetchModel({ reference: 'fraud@production', at: null, outFolder: 'out', allowUnapproved: false }, writer),
  ).toMatchObject({ version: '1.0.0', approved: null });
  expect((await verifyRegistry({ model: null, bytes: null }, writer)).findings).toEqual([]);
  expect((await listHistory({ model: 'fraud', environment: null }, writer)).entries).toMatchObject([
    { kind: 'promote', requestedBy: 'ana', approvedBy: [] },
  ]);
  const head = (await readHead(clone)).commit;
  expect(await registerModel(requestFor(head, 'fraud', 'one'), writer)).toMatchObject({
    created: false,
    version: '1.0.0',
  });
});

it('answers the same offline from the clone that wrote, when the origin is gone', async () => {
  const bare = originWithMain();
  const clone = cloneOf(bare, 'clone');
  const writer = await openWriter(clone, 'origin');
  await registerModel(requestFor(writer.head, 'fraud', 'one'), writer);
  const online = await readRegistry(writer);
  git(clone, 'remote', 'set-url', 'origin', `${bare}-gone`);
  const offline = await readRegistry({
    ...writer,
    git: gitStore({ repository: clone, remote: 'origin', offline: true }),
  });
  expect(offline).toEqual(online);
  await expect(readRegistry(writer)).rejects.toMatchObject({
    kind: 'could-not-run',
    problems: [{ code: 'remote-unreachable' }],
  });
});

it('reads from a shallow clone of one branch, deepens for history only, and writes', async () => {
  const bare = originWithMain();
  const full = cloneOf(bare, 'full');
  const writer = await openWriter(full, 'origin');
  await registerModel(requestFor(writer.head, 'fraud', 'one'), writer);
  runAll(full, (await promoteModel(promotion('1.0.0', 'clone'), writer)).commands);
  const shallow = `${bare}-shallow`;
  git(full, 'clone', '--quiet', '--depth=1', '--single-branch', '--no-tags', `file://${bare}`, shallow);
  git(shallow, 'config', 'user.name', 'Ana');
  git(shallow, 'config', 'user.email', 'ana@example.com');
  const there = await openWriter(shallow, 'origin');
  expect(await registerModel(requestFor(there.head, 'fraud', 'two'), there)).toMatchObject({
    version: '1.0.1',
    created: true,
  });
  expect(git(shallow, 'rev-parse', '--is-shallow-repository')).toBe('true');
  const { models, notes } = await listModels({ model: null }, there);
  expect(notes).toEqual([]);
  expect(models[0]).toMatchObject({
    environments: { production: { wanted: '1.0.0' } },
    versions: [{ version: '1.0.0' }, { version: '1.0.1' }],
  });
  expect((await verifyRegistry({ model: null, bytes: null }, there)).findings).toEqual([]);
  git(bare, 'fsck', '--strict');
});

it('works in a bare repository, and its commands merge in a clone of it', async () => {
  const bare = originWithMain();
  git(bare, 'config', 'user.name', 'Ana');
  git(bare, 'config', 'user.email', 'ana@example.com');
  const writer = await openWriter(bare, null);
  await registerModel(requestFor(writer.head, 'fraud', 'one'), writer);
  const { commands = [] } = await promoteModel(promotion('1.0.0', 'bare'), writer);
  runAll(cloneOf(bare, 'merge'), commands.slice(1));
  expect((await listModels({ model: null }, writer)).models[0]?.environments.production?.wanted).toBe('1.0.0');
  expect((await verifyRegistry({ model: null, bytes: null }, writer)).findings).toEqual([]);
});

it('works in a working tree without a remote', async () => {
  const bare = originWithMain();
  const tree = cloneOf(bare, 'tree');
  git(tree, 'remote', 'remove', 'origin');
  const writer = await openWriter(tree, null);
  await registerModel(requestFor(writer.head, 'fraud', 'one', { local: true }), writer);
  const answer = await promoteModel(promotion('1.0.0', 'working-tree'), writer);
  expect(answer.merge).toBe(`git merge --no-ff --no-edit ${production}`);
  runAll(tree, answer.commands);
  expect((await listModels({ model: null }, writer)).models[0]?.environments.production?.wanted).toBe('1.0.0');
  expect(await readRemoteUrl(tree, 'origin')).toBeNull();
});

it('lets two promotions to one environment conflict, and leaves others alone', async () => {
  const bare = originWithMain();
  const clone = cloneOf(bare, 'clone');
  const writer = await openWriter(clone, 'origin');
  for (const content of ['one', 'two']) await registerModel(requestFor(writer.head, 'fraud', content), writer);
  const first = await promoteModel(promotion('1.0.0', 'clone'), writer);
  git(clone, 'branch', 'older', first.commit!);
  const second = await promoteModel(promotion('1.0.1', 'clone'), writer);
  runAll(clone, second.commands);
  expect(() => git(clone, 'merge', '--no-ff', '--no-edit', 'older')).toThrow();
});

it('verifies what plain Git did behind its back', async () => {
  const bare = originWithMain();
  const clone = cloneOf(bare, 'clone');
  const writer = await openWriter(clone, 'origin');
  await registerModel(requestFor(writer.head, 'fraud', 'one'), writer);
  const { changes } = await promoteModel(promotion('1.0.0', 'clone'), writer);
  const text = changes[0]?.kind === 'open-promotion' ? changes[0].text : '';
  git(clone, 'checkout', '--quiet', 'main');
  execSync('mkdir -p registry/fraud', { cwd: clone });
  writeFileSync(`${clone}/registry/fraud/production.yaml`, text.replace('1.0.0', '1.0.9'));
  git(clone, 'add', '.');
  git(clone, 'commit', '--quiet', '-m', 'by hand');
  git(clone, 'tag', '--force', '-a', '-m', 'mine now', 'fraud@v1.0.0', 'HEAD');
  git(clone, 'push', '--quiet', '--force', 'origin', 'main', 'fraud@v1.0.0');
  const { findings, outcome } = await verifyRegistry({ model: null, bytes: null }, writer);
  expect(outcome).toBe('fail');
  expect(findings.map((finding) => finding.rule)).toEqual([
    'pointer-outside-promotion',
    'digest-mismatch',
    'record-changed',
    'tag-moved',
  ]);
});

it('says what is missing: identity, repository, a commit', async () => {
  const bare = bareRepository();
  vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null').stubEnv('GIT_CONFIG_SYSTEM', '/dev/null');
  vi.stubEnv('GIT_AUTHOR_NAME', '').stubEnv('GIT_AUTHOR_EMAIL', '');
  await expect(readIdentity(bare)).rejects.toMatchObject({
    kind: 'input',
    problems: [{ code: 'identity-missing', remedy: expect.stringContaining('git config user.email') }],
  });
  vi.stubEnv('GIT_AUTHOR_NAME', 'Zoë').stubEnv('GIT_AUTHOR_EMAIL', 'z@example.com');
  expect(await readIdentity(bare)).toEqual({ name: 'Zoë', email: 'z@example.com' });
  vi.unstubAllEnvs();
  await expect(readHead(`${bare}-missing`)).rejects.toMatchObject({ problems: [{ code: 'not-a-repository' }] });
  expect(await readHead(bare)).toMatchObject({ commit: null, isBare: true });
  expect(existsSync(`${bare}-missing`)).toBe(false);
});

it('tells where a checkout stands: dirty paths, detached head', async () => {
  const clone = cloneOf(originWithMain(), 'clone');
  writeFileSync(`${clone}/neu ü.txt`, 'x');
  expect(await readHead(clone)).toMatchObject({
    branch: 'main',
    defaultBranch: 'main',
    isBare: false,
  });
  expect(await readDirtyPaths(clone)).toEqual(['neu ü.txt']);
  git(clone, 'checkout', '--quiet', '--detach');
  expect(await readHead(clone)).toMatchObject({ branch: null, defaultBranch: 'main' });
});

it('is told plainly when the remote refuses, and nothing changes', async () => {
  const bare = originWithMain();
  writeFileSync(`${bare}/hooks/pre-receive`, '#!/bin/sh\nexit 1\n', { mode: 0o755 });
  const writer = await openWriter(cloneOf(bare, 'clone'), 'origin');
  await expect(registerModel(requestFor(writer.head, 'fraud', 'one'), writer)).rejects.toMatchObject({
    problems: [{ code: 'write-refused' }],
  });
  expect(git(bare, 'tag', '--list')).toBe('');
});

it('gives the same commands that were run here', () => {
  expect(mergeCommands('clone', 'main', production).commands.at(-1)).toBe('git push origin main');
});
