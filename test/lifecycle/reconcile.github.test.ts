import { createForgeClient, githubForge, githubGitStore } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import { checkPullRequest, type ReconcilePorts, readLedger, reconcile, registerModel } from '@model-gitops/lifecycle';
import { type AppKeys, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { createAppAuth } from '@octokit/auth-app';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ForgeVerbs } from '../../packages/lifecycle/src/testing/memory-forge-verbs.ts';
import { modelYaml, productionBranch } from '../../packages/lifecycle/src/testing/reconcile-world.ts';
import { registration } from '../../packages/lifecycle/src/testing/registry-world.ts';
import { standInPeople } from '../contracts/stand-in-people.ts';

const repository = 'acme/penguins';
const host = systemHost();

let github: StandIn;
let app: AppKeys;
let people: ForgeVerbs;
beforeAll(async () => {
  github = await startStandIn();
  github.createUser('acme');
  await github.createRepository(repository);
  people = standInPeople(github, repository);
  for (const login of ['anna', 'ben']) await people.addPerson(login, 'write');
  await people.push('anna', 'main', { 'models/fraud/model.yaml': modelYaml() });
  const permissions = { contents: 'write', pull_requests: 'write', checks: 'write', issues: 'write' } as const;
  app = github.createApp({ slug: 'model-gitops', permissions, events: [] });
  github.install(app, repository);
});
afterAll(() => github.close());

type Access = Parameters<typeof createForgeClient>[0]['access'];

/** One process with memory of its own, and the calls that it makes. */
function openProcess(access: Access): { readonly ports: ReconcilePorts; readonly calls: string[] } {
  const calls: string[] = [];
  const client = createForgeClient({
    apiUrl: github.apiUrl,
    access,
    repository: { owner: 'acme', name: 'penguins' },
    host,
    fetch: async (input, init) => {
      const { pathname } = new URL(typeof input === 'string' ? input : (input as { readonly url: string }).url);
      if (!pathname.includes('/app/')) calls.push(`${init?.method ?? 'GET'} ${pathname.replace(/^.*penguins\//, '')}`);
      return fetch(input, init);
    },
  });
  const forge = githubForge(client, { checkKind: 'app', appId: app.id });
  const identity = { name: 'model-gitops[bot]', email: 'bot@example.com' };
  const git = githubGitStore(client);
  const repositoryUrl = `https://github.com/${repository}`;
  return { calls, ports: { git, folder: 'registry', defaultBranch: 'main', host, identity, forge, repositoryUrl } };
}

function openApp() {
  const { id: appId, privateKey } = app;
  const installationId = github.install(app, repository);
  return openProcess({ authStrategy: createAppAuth, auth: { appId, privateKey, installationId } });
}

/** A change of the training code by anna, merged by ben. */
async function change(digit: string): Promise<void> {
  const branch = `change-${digit}`;
  await people.push('anna', branch, { 'train.py': `fit('${digit}')\n` });
  const number = await people.openAs('anna', { branch, base: 'main', title: `Fit ${digit}`, body: '' });
  await people.merge('ben', number);
}

/** As the workflow of that merge does, with memory of its own. */
async function register(digit: string): Promise<void> {
  const { ports } = openProcess({ token: github.workflowToken(repository, { contents: 'write' }) });
  const [main] = await ports.git.readRefs('refs/heads/main');
  const store = {
    has: async () => true,
    put: async ({ sha256 }: { readonly sha256: string }) => ({ uri: `memory:${sha256}` }),
    seal: async () => undefined,
    listUnsealed: async () => [],
    fetch: async () => Promise.reject(new Error('nothing is fetched here')),
  };
  await registerModel(registration(main?.id ?? null, digit), { ...ports, store });
}

const newest = async ({ forge }: ReconcilePorts) => {
  const [found] = await forge.pullRequests.find({ branches: [productionBranch] });
  if (found === undefined) throw new Error('there is no promotion');
  return found;
};

it('proposes, moves on, is approved, merged and witnessed, each within 15 calls of an app that is warm', async () => {
  const { ports, calls } = openApp();
  await reconcile({ dryRun: false }, ports);
  const counted = async (act: () => Promise<unknown>) => {
    calls.length = 0;
    await act();
    return [...calls];
  };
  const whole = () => counted(() => reconcile({ dryRun: false }, ports));
  // the app hears of the merge before the workflow that it starts has registered anything
  const registered = async (digit: string) => {
    await change(digit);
    await whole();
    await register(digit);
  };
  await registered('a');
  expect((await whole()).length).toBeLessThanOrEqual(15);
  const { number, title, check, labels, head } = await newest(ports);
  expect(title).toBe('Promote fraud 1.0.0 to production (the first there)');
  expect(labels).toEqual(['model-gitops:promotion', 'model:fraud', 'environment:production']);
  expect(check).toMatchObject({ head: head.commit, conclusion: 'failure', title: 'Waiting for review' });
  await registered('b');
  expect((await whole()).length).toBeLessThanOrEqual(15);
  expect(await newest(ports)).toMatchObject({ number, title: expect.stringContaining('1.0.1') });
  await people.approve('anna', number);
  await checkPullRequest({ number, dryRun: false }, ports);
  expect((await newest(ports)).check?.conclusion).toBe('failure');
  await people.approve('ben', number);
  expect((await counted(() => checkPullRequest({ number, dryRun: false }, ports))).length).toBeLessThanOrEqual(15);
  expect((await newest(ports)).check).toMatchObject({ conclusion: 'success', title: 'Ready to merge' });
  await people.merge('ben', number);
  expect((await whole()).length).toBeLessThanOrEqual(15);
  const { events } = await readLedger(ports.git, 'fraud');
  expect(events.find(({ kind }) => kind === 'merged')).toMatchObject({
    pullRequest: number,
    requesters: ['anna'],
    approvals: ['ben'],
    ownApprovals: ['anna'],
    merger: 'ben',
  });
  expect(await whole()).toEqual(['GET git/matching-refs/heads', 'GET git/matching-refs/tags', 'POST /api/graphql']);
});

it('costs an idle pull request two calls', async () => {
  const { ports, calls } = openApp();
  await people.push('anna', 'idle', { 'notes.md': 'x\n' });
  const number = await people.openAs('anna', { branch: 'idle', base: 'main', title: 'Notes', body: '' });
  await checkPullRequest({ number, dryRun: true }, ports);
  calls.length = 0;
  await checkPullRequest({ number, dryRun: false }, ports);
  expect(calls).toEqual(['POST /api/graphql', 'POST check-runs']);
  calls.length = 0;
  await checkPullRequest({ number, dryRun: false }, ports);
  expect(calls).toEqual(['POST /api/graphql']);
});

it('is done once by two apps that hear of it at the same time', async () => {
  await change('c');
  await register('c');
  const apps = [openApp(), openApp()];
  await Promise.all(apps.map(({ ports }) => reconcile({ dryRun: false }, ports)));
  const [first] = apps;
  if (first === undefined) throw new Error('there is no app');
  await reconcile({ dryRun: false }, first.ports);
  const { title, head } = await newest(first.ports);
  expect(title).toContain('1.0.2');
  expect(github.state.checkRuns.filter((run) => run.head === head.commit)).toHaveLength(1);
});
