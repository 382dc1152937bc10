import { createHmac } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { type AppProcess, startAndEnd } from './app-process.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

let world: AppWorld;
let app: AppProcess;
beforeAll(async () => {
  world = await createAppWorld();
  app = await world.start({ LOG_LEVEL: 'trace' });
  await settled();
});
afterAll(() => world.close());

const callsOfApp = () =>
  world.town.github.requests.all.filter(({ actor }) => actor === 'model-gitops[bot]').map(({ route }) => route);
const settled = () => world.town.settled();

describe('the app on a repository', () => {
  it('posts its check on a pull request that changes no registry file, with two calls', async () => {
    await world.repository.people.push('anna', 'change', { 'train.py': 'fit(2)\n' });
    await settled();
    world.town.github.requests.reset();
    const number = await world.repository.people.openAs('anna', {
      branch: 'change',
      base: 'main',
      title: 'A change',
      body: '',
    });
    await settled();
    expect(callsOfApp()).toEqual(['query FindPullRequest', 'POST /repos/{owner}/{repo}/check-runs']);
    const [found] = await world.repository.forge.pullRequests.find({ number });
    expect(found?.check).toMatchObject({ conclusion: 'success', head: found?.head.commit });
  });

  it('assigns a new version where nobody is asked, and proposes it where people are', async () => {
    expect(await world.repository.register('a')).toBe('1.0.0');
    await settled();
    const open = await world.repository.promotions();
    expect(open, app.text()).toHaveLength(1);
    expect(open[0]).toMatchObject({
      state: 'open',
      author: { login: 'model-gitops[bot]', isBot: true },
      files: ['registry/fraud/production.yaml'],
      check: { conclusion: 'failure' },
    });
  });

  it('moves the pull request on to a newer version, once for all that is told of it', async () => {
    const runs = () => app.lines().filter(({ errand }) => errand === 'repository').length;
    const before = runs();
    expect(await world.repository.register('b')).toBe('1.0.1');
    await settled();
    const [found, ...others] = await world.repository.promotions();
    expect(others).toEqual([]);
    expect(found?.title).toContain('1.0.1');
    expect(runs() - before, app.text()).toBeLessThanOrEqual(2);
  });
});

const delivery = '00000000-0000-0000-0000-000000000001';

async function deliver(body: string, headers: Readonly<Record<string, string>>): Promise<number> {
  const all = {
    'content-type': 'application/json',
    'x-github-event': 'push',
    'x-github-delivery': delivery,
    ...headers,
  };
  const response = await fetch(`${app.url}/api/github/webhooks`, { method: 'POST', body, headers: all });
  await response.arrayBuffer();
  return response.status;
}

const signed = (body: string, secret: string, hash = 'sha256') =>
  `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;

describe('the address of the app', () => {
  it('listens to nothing that is not signed', async () => {
    const { webhookSecret } = world.town.keys;
    const body = '{"ref":"refs/heads/main"}';
    const right = signed(body, webhookSecret);
    expect(await deliver(body, {})).toBe(401);
    expect(await deliver(body, { 'x-hub-signature': signed(body, webhookSecret, 'sha1') })).toBe(401);
    expect(await deliver(body, { 'x-hub-signature-256': signed(body, 'another') })).toBe(401);
    expect(await deliver(`${body} `, { 'x-hub-signature-256': right })).toBe(401);
    expect(await deliver(body, { 'x-hub-signature-256': 'sha256=' })).toBe(401);
    expect(await deliver('not JSON', { 'x-hub-signature-256': signed('not JSON', webhookSecret) })).toBe(400);
    expect(app.lines().some(({ msg }) => /defect/.test(msg))).toBe(false);
  });

  it('survives what is signed and is no event of GitHub, and tells nobody what it was', async () => {
    const body = '{"ref":"refs/heads/main","installation":{"id":1},"note":"of-a-stranger"}';
    expect(await deliver(body, { 'x-hub-signature-256': signed(body, world.town.keys.webhookSecret) })).toBe(200);
    const told = () => app.lines().find(({ askedBy }) => Array.isArray(askedBy) && askedBy.includes(delivery));
    await vi.waitFor(() => expect(told()).toMatchObject({ level: 50, defect: { name: 'TypeError' } }));
    expect(app.text()).not.toContain('of-a-stranger');
  });

  it('tells how it is, and no more', async () => {
    const response = await fetch(`${app.url}/health`);
    const health = (await response.json()) as Record<string, unknown>;
    expect(response.status).toBe(200);
    expect(health).toEqual({
      status: 'ok',
      version: expect.stringMatching(/^\d+\.\d+\.\d+/),
      uptimeSeconds: expect.any(Number),
      lastSweep: expect.stringMatching(/^\d{4}-\d{2}-\d{2}T/),
      repositories: { 'acme/p1': { at: expect.any(String), outcome: 'pass' } },
    });
    for (const path of ['/', '/api/github/webhooks', '/probot', '/health/x', '//'])
      expect((await fetch(app.url + path)).status, path).toBe(404);
  });
});

describe('the log of the app', () => {
  it('says what was done where, and why it was looked at', () => {
    const proposed = app
      .lines()
      .find(({ changes }) => Array.isArray(changes) && changes.some(({ kind }) => kind === 'propose'));
    expect(proposed, app.text()).toMatchObject({ repository: 'acme/p1', errand: 'repository', outcome: 'pass' });
    const guids = world.town.github.webhooks.deliveries.map(({ guid }) => guid);
    expect(guids).toEqual(expect.arrayContaining(proposed?.askedBy as string[]));
  });

  it('holds no secret and no payload, at any level', () => {
    const { privateKey, webhookSecret } = world.town.keys;
    const tokens = world.town.github.state.tokens.map(({ text }) => text);
    expect(tokens.length).toBeGreaterThan(2);
    const keyLines = privateKey.split('\n').filter((line) => line.length > 20);
    for (const secret of [webhookSecret, ...keyLines, ...tokens]) expect(app.text()).not.toContain(secret);
    expect(app.text()).not.toContain('Bearer');
    // words of the payload of a push, and of the body of the pull request that was opened
    expect(app.text()).not.toContain('head_commit');
    expect(app.text()).not.toContain('model-gitops:begin');
  });
});

describe('the end of the app', () => {
  it('is clean on SIGTERM', async () => {
    expect(await app.stop('SIGTERM')).toBe(0);
    expect(app.lines().at(-1)).toMatchObject({ msg: 'stopped', isInTime: true });
  });
});

describe('a start that fails', () => {
  const environment = (more: Readonly<Record<string, string>>) => ({
    APP_ID: String(world.town.keys.id),
    PRIVATE_KEY: world.town.keys.privateKey,
    WEBHOOK_SECRET: 'a secret of both',
    GITHUB_API_URL: world.town.github.apiUrl,
    PORT: '0',
    ...more,
  });

  it('tells all that is wrong with the settings, exit code 2', async () => {
    const { exitCode, stdout, stderr } = await startAndEnd({ APP_ID: 'x', PORT: '99999' });
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
    for (const name of ['APP_ID', 'PRIVATE_KEY', 'WEBHOOK_SECRET', 'PORT']) expect(stderr).toContain(name);
    expect(stderr).not.toMatch(/^\s+at /m);
  });

  it('says that GitHub does not know the app, exit code 2', async () => {
    const { exitCode, stderr } = await startAndEnd(environment({ APP_ID: '999999' }));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^app-credentials: /);
  });

  it('says that GitHub does not answer, exit code 3', async () => {
    const { exitCode, stderr } = await startAndEnd(environment({ GITHUB_API_URL: 'http://127.0.0.1:9/api/v3' }));
    expect(exitCode).toBe(3);
    expect(stderr).toMatch(/^app-unreachable: /);
  });

  it('says that the port is taken, exit code 2', async () => {
    const { port } = new URL(world.town.github.url);
    const { exitCode, stderr } = await startAndEnd(environment({ PORT: port }));
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^port-unusable: .*EADDRINUSE/);
  });
});
