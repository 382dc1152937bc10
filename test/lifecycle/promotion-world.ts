import { readFileSync } from 'node:fs';
import { createForgeClient, githubForge, githubGitStore } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import {
  type FetchPorts,
  type Forge,
  fetchModel,
  type GitStore,
  type PullDocument,
  type PullRequest,
  type RegistryWriter,
  readLedger,
  readRegistry,
  reconcile,
  registerModel,
  verifyRegistry,
} from '@model-gitops/lifecycle';
import { type EventOf, eventsOf, promotionBranch } from '@model-gitops/registry';
import { type AppKeys, type Permissions, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { parse } from 'yaml';
import { type RunningApp, startApp } from '../../app/start-app.ts';
import type { ForgeVerbs } from '../../packages/lifecycle/src/testing/memory-forge-verbs.ts';
import { registration } from '../../packages/lifecycle/src/testing/registry-world.ts';
import { standInPeople } from '../contracts/stand-in-people.ts';

export const model = 'fraud';
export const branch = promotionBranch(model, 'production');
export const pointer = `registry/${model}/production.yaml`;
export const checkName = 'model-gitops/promotion';

const modelFile = `name: ${model}
data: { test: /data/test.csv }
model: model.onnx
gates: []
environments:
  staging: { approval: none }
  production: { approval: pull-request, after: staging }
`;

interface Manifest {
  readonly default_permissions: Permissions;
  readonly default_events: readonly string[];
}

/** What the app asks for when it is registered. */
const manifest = parse(readFileSync(new URL('../../app/app.yml', import.meta.url), 'utf8')) as Manifest;
/** What the workflow of the action asks for. */
const workflowPermissions = { contents: 'write', pull_requests: 'write', statuses: 'write', issues: 'write' } as const;

type EventKind = Parameters<typeof eventsOf>[1];

/** One repository with a model whose production people approve: anna wrote it, ben and cyd may write too. */
export interface PromotionWorld {
  readonly name: string;
  readonly people: ForgeVerbs;
  readonly forge: Forge;
  readonly git: GitStore;
  /** Registers bytes that are one digit repeated, as a workflow does. */
  register(digit: string, changes?: Parameters<typeof registration>[2]): Promise<string>;
  /** As the action does, with a client and a token of its own. */
  reconcile(permissions?: Permissions): ReturnType<typeof reconcile>;
  /** Ports of somebody with a token. */
  portsOf(token: string): RegistryWriter & { readonly forge: Forge };
  /** The pull requests of the promotion branch, newest first. */
  promotions(): Promise<readonly PullRequest[]>;
  pullRequest(number: number): Promise<PullRequest>;
  events<Kind extends EventKind>(kind: Kind): Promise<readonly EventOf<Kind>[]>;
  /** Ids of the events of each commit of the ledger, and what is wrong with it. */
  readLedger(): ReturnType<typeof readLedger>;
  /** How many checks of this name the app put on a head. */
  checksOn(head: string): number;
  pointerOf(ref?: string): Promise<string | null>;
  verify(): ReturnType<typeof verifyRegistry>;
  pull(isAllowed?: boolean): Promise<PullDocument>;
}

/** A GitHub with an app, and as many repositories and instances as a test needs. */
export interface Town {
  readonly github: StandIn;
  readonly keys: AppKeys;
  openRepository(): Promise<PromotionWorld>;
  /** The first one is told by the app's own address, others by one of theirs. */
  startApp(settleMs?: number): Promise<RunningApp>;
  settled(): Promise<void>;
  close(): Promise<void>;
}

const host = systemHost();

function openPorts(github: StandIn, repository: string, token: string, ours: Parameters<typeof githubForge>[1]) {
  const [owner = '', name = ''] = repository.split('/');
  const client = createForgeClient({ apiUrl: github.apiUrl, access: { token }, repository: { owner, name }, host });
  return {
    client,
    git: githubGitStore(client),
    forge: githubForge(client, ours),
    host,
    folder: 'registry',
    defaultBranch: 'main',
    identity: { name: 'github-actions[bot]', email: 'actions@example.com' },
    repositoryUrl: `${github.url}/${repository}`,
  };
}

const store: FetchPorts['store'] = {
  seal: async () => undefined,
  listUnsealed: async () => [],
  has: async () => true,
  put: async ({ sha256 }) => ({ uri: `memory:${sha256}` }),
  fetch: async (sha256, path) => ({ path, sha256, size: 3 }),
};

async function openRepository(github: StandIn, keys: AppKeys, repository: string): Promise<PromotionWorld> {
  await github.createRepository(repository);
  const people = standInPeople(github, repository);
  for (const login of ['anna', 'ben', 'cyd']) await people.addPerson(login, 'write');
  await people.push('anna', 'main', { 'models/fraud/model.yaml': modelFile, 'train.py': 'fit()\n' });
  github.install(keys, repository);
  const app = { checkKind: 'app', appId: keys.id } as const;
  const reader = openPorts(github, repository, github.workflowToken(repository, workflowPermissions), app);
  const { forge, git } = reader;
  return {
    name: repository,
    people,
    forge,
    git,
    async register(digit, changes = {}) {
      const [main] = await git.readRefs('refs/heads/main');
      const document = await registerModel(registration(main?.id ?? null, digit, changes), { ...reader, store });
      return document.version ?? '';
    },
    reconcile(permissions = workflowPermissions) {
      const token = github.workflowToken(repository, permissions);
      return reconcile({ dryRun: false }, openPorts(github, repository, token, { checkKind: 'status' }));
    },
    portsOf: (token) => openPorts(github, repository, token, { checkKind: 'status' }),
    promotions: () => forge.pullRequests.find({ branches: [branch] }),
    async pullRequest(number) {
      const [found] = await forge.pullRequests.find({ number });
      if (found === undefined) throw new Error(`there is no pull request ${number}`);
      return found;
    },
    events: async (kind) => eventsOf((await readRegistry(reader)).facts.events, kind),
    readLedger: () => readLedger(git, null),
    checksOn: (head) =>
      github.state.checkRuns.filter(
        ({ head: of, name, appId }) => of === head && name === checkName && appId === keys.id,
      ).length,
    async pointerOf(ref = 'refs/heads/main') {
      const found = (await git.readRefs(ref)).find(({ name }) => name === ref);
      const [blob] = await git.readObjects([`${found?.id}:${pointer}`]);
      return blob?.kind === 'blob' ? blob.text : null;
    },
    verify: () => verifyRegistry({ model: null, bytes: null }, reader),
    pull: (isAllowed = false) =>
      fetchModel(
        { reference: `${model}@production`, at: null, outFolder: '/out', allowUnapproved: isAllowed },
        { ...reader, store, forge: null },
      ),
  };
}

export async function createTown(): Promise<Town> {
  const github = await startStandIn();
  github.createUser('acme');
  const { default_permissions: permissions, default_events: events } = manifest;
  const keys = github.createApp({ slug: 'model-gitops', permissions, events });
  const started: RunningApp[] = [];
  let count = 0;
  return {
    github,
    keys,
    openRepository() {
      count += 1;
      return openRepository(github, keys, `acme/p${count}`);
    },
    async startApp(settleMs = 50) {
      const app = await startApp({
        appId: keys.id,
        privateKey: keys.privateKey,
        webhookSecret: keys.webhookSecret,
        host: '127.0.0.1',
        port: 0,
        apiUrl: github.apiUrl,
        logLevel: (process.env.TOWN_LOG ?? 'fatal') as 'fatal',
        sweepMinutes: 60,
        settleMs,
      });
      const address = `${app.url}/api/github/webhooks`;
      if (started.length === 0) github.setWebhookUrl(keys, address);
      else github.webhooks.addListener(address, keys.webhookSecret);
      started.push(app);
      return app;
    },
    settled: () => github.webhooks.settled(),
    async close() {
      await Promise.all(started.map((app) => app.stop(10_000)));
      await github.close();
    },
  };
}
