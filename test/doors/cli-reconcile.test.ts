import { afterAll, beforeAll, expect, it } from 'vitest';
import { git } from '../contracts/scratch-git.ts';
import { createTown, type PromotionWorld, type Town } from '../lifecycle/promotion-world.ts';
import { runCli } from './cli-process.ts';
import { scratchFolders } from './cli-world.ts';

const scratch = scratchFolders();
let town: Town;
let repository: PromotionWorld;
let cwd: string;
beforeAll(async () => {
  town = await createTown();
  repository = await town.openRepository();
  await repository.register('a');
  cwd = scratch('clone');
  git(cwd, 'clone', '--quiet', town.github.gitFolder(repository.name), '.');
  git(cwd, 'config', 'user.name', 'Ben');
  git(cwd, 'config', 'user.email', 'ben@example.com');
});
afterAll(() => town.close());

const reconcile = (...args: readonly string[]) => {
  const { url, apiUrl } = town.github;
  const env = { GITHUB_API_URL: apiUrl, GITHUB_SERVER_URL: url, GITHUB_TOKEN: town.github.createToken('ben') };
  return runCli(['reconcile', '--json', ...args], { cwd, env });
};

it('reconcile says where it finds no forge', async () => {
  const { code, json } = await reconcile();
  expect(code).toBe(2);
  expect(json()).toMatchObject({ outcome: 'problem', problems: [{ code: 'forge-missing' }] });
});

it('reconcile does from a laptop what the app does, as who holds the token', async () => {
  git(cwd, 'remote', 'set-url', 'origin', `${town.github.url}/${repository.name}.git`);
  const token = town.github.createToken('ben');
  git(cwd, 'config', 'http.extraHeader', `authorization: basic ${Buffer.from(`ben:${token}`).toString('base64')}`);
  const planned = await reconcile('--dry-run');
  expect(planned.code, planned.stderr + planned.stdout).toBe(0);
  expect(planned.json()).toMatchObject({ schema: 'model-gitops/reconcile/1', outcome: 'pass', applied: false });
  expect(await repository.promotions()).toEqual([]);
  const done = await reconcile();
  expect(done.code, done.stderr + done.stdout).toBe(0);
  expect(done.json()).toMatchObject({ applied: true });
  expect(await repository.promotions()).toMatchObject([{ state: 'open', author: { login: 'ben', isBot: false } }]);
});
