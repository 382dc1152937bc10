import { type AppKeys, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { afterEach, beforeEach, expect, it } from 'vitest';

let github: StandIn;
let keys: AppKeys;
let installationId: number;

beforeEach(async () => {
  github = await startStandIn();
  await github.createRepository('acme/penguins', { private: true });
  await github.createRepository('acme/secrets', { private: true });
  keys = github.createApp({ slug: 'gate', permissions: { contents: 'read', checks: 'write' }, events: ['push'] });
  installationId = github.install(keys, 'acme/penguins');
});
afterEach(() => github.close());

const as = (more: { installationId?: number } = {}, given = keys) =>
  new Octokit({
    baseUrl: github.apiUrl,
    authStrategy: createAppAuth,
    auth: { appId: given.id, privateKey: given.privateKey, ...more },
  });
const statusOf = (asked: Promise<{ status: number }>) =>
  asked.then(
    ({ status }) => status,
    ({ status }) => status,
  );

it('knows an app by its key', async () => {
  const { data } = await as().request('GET /app');
  expect(data).toMatchObject({ id: keys.id, slug: 'gate', permissions: { contents: 'read', checks: 'write' } });
  const { data: installations } = await as().request('GET /app/installations');
  expect(installations).toMatchObject([{ id: installationId, account: { login: 'acme' } }]);
});

it('finds the installation of a repository, and none where it is not installed', async () => {
  const penguins = { owner: 'acme', repo: 'penguins' };
  const { data } = await as().request('GET /repos/{owner}/{repo}/installation', penguins);
  expect(data.id).toBe(installationId);
  const secrets = { owner: 'acme', repo: 'secrets' };
  expect(await statusOf(as().request('GET /repos/{owner}/{repo}/installation', secrets))).toBe(404);
});

it('lets an installation see its repositories, and no others', async () => {
  const octokit = as({ installationId });
  const { data } = await octokit.request('GET /installation/repositories');
  expect(data.repositories.map((one) => one.full_name)).toEqual(['acme/penguins']);
  expect(await statusOf(octokit.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'penguins' }))).toBe(200);
  expect(await statusOf(octokit.request('GET /repos/{owner}/{repo}', { owner: 'acme', repo: 'secrets' }))).toBe(404);
});

it('gives tokens for less than was granted, never for more', async () => {
  const route = 'POST /app/installations/{installation_id}/access_tokens';
  const narrow = { installation_id: installationId, permissions: { contents: 'read' as const } };
  const { data } = await as().request(route, { ...narrow, repositories: ['penguins'] });
  expect(data.permissions).toEqual({ metadata: 'read', contents: 'read' });
  expect(data.repositories?.map(({ name }) => name)).toEqual(['penguins']);
  const more = { installation_id: installationId, permissions: { contents: 'write' as const } };
  expect(await statusOf(as().request(route, more))).toBe(422);
  const other = { installation_id: installationId, repositories: ['secrets'] };
  expect(await statusOf(as().request(route, other))).toBe(422);
});

it("refuses another app's key and a token that has run out", async () => {
  const other = github.createApp({ slug: 'other', permissions: {}, events: [] });
  expect(await statusOf(as({}, { ...keys, privateKey: other.privateKey }).request('GET /app'))).toBe(401);
  const { data } = await as().request('POST /app/installations/{installation_id}/access_tokens', {
    installation_id: installationId,
  });
  const octokit = new Octokit({ baseUrl: github.apiUrl, auth: data.token });
  expect(await statusOf(octokit.request('GET /installation/repositories'))).toBe(200);
  github.clock.advance(3_700_000);
  expect(await statusOf(octokit.request('GET /installation/repositories'))).toBe(401);
});

it('lets a client correct a clock that is off', async () => {
  github.clock.advance(7_200_000);
  expect((await as().request('GET /app')).status).toBe(200);
});

it('tells no key, token or secret in a dump', async () => {
  await as({ installationId }).request('GET /installation/repositories');
  const dump = JSON.stringify(github.dump());
  expect(dump).toContain('gate[bot]');
  for (const secret of [keys.webhookSecret, 'ghs_', 'BEGIN']) expect(dump).not.toContain(secret);
});
