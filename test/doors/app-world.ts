import { readFileSync } from 'node:fs';
import { createForgeClient, type ForgeClient, githubForge, githubGitStore } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import { type Forge, registerModel } from '@model-gitops/lifecycle';
import { type AppKeys, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { expect, vi } from 'vitest';
import { parse } from 'yaml';
import type { ForgeVerbs } from '../../packages/lifecycle/src/testing/memory-forge-verbs.ts';
import { registration } from '../../packages/lifecycle/src/testing/registry-world.ts';
import { standInPeople } from '../contracts/stand-in-people.ts';
import { type AppProcess, startAppProcess } from './app-process.ts';

export const repository = 'acme/penguins';

const modelFile = `name: fraud
data: { test: /data/test.csv }
model: model.onnx
gates: []
environments:
  staging: { approval: none }
  production: { approval: pull-request, after: staging }
`;

interface Manifest {
  readonly default_permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly default_events: readonly string[];
}

/** What the app asks for when it is registered: the tests run with these permissions and no others. */
const manifest = parse(readFileSync(new URL('../../app/app.yml', import.meta.url), 'utf8')) as Manifest;

/** A GitHub on which the app is installed, with a repository whose model people approve. */
export interface AppWorld {
  readonly github: StandIn;
  readonly keys: AppKeys;
  readonly people: ForgeVerbs;
  /** As a workflow of the repository sees the pull requests. */
  readonly forge: Forge;
  readonly client: ForgeClient;
  /** Starts an instance; the first one is told by the app's own address, others by one of theirs. */
  start(environment?: Readonly<Record<string, string>>): Promise<AppProcess>;
  /** A workflow registers a version, whose bytes are one digit repeated. */
  register(digit: string): Promise<string>;
  close(): Promise<void>;
}

export async function createAppWorld(): Promise<AppWorld> {
  const github = await startStandIn();
  github.createUser('acme');
  await github.createRepository(repository);
  const people = standInPeople(github, repository);
  for (const login of ['anna', 'ben']) await people.addPerson(login, 'write');
  await people.push('anna', 'main', { 'models/fraud/model.yaml': modelFile, 'train.py': 'fit()\n' });
  const keys = github.createApp({
    slug: 'model-gitops',
    permissions: manifest.default_permissions,
    events: manifest.default_events,
  });
  github.install(keys, repository);
  const host = systemHost();
  const token = github.workflowToken(repository, { contents: 'write', pull_requests: 'write', issues: 'write' });
  const [owner = '', name = ''] = repository.split('/');
  const client = createForgeClient({ apiUrl: github.apiUrl, access: { token }, repository: { owner, name }, host });
  const git = githubGitStore(client);
  const started: AppProcess[] = [];
  return {
    github,
    keys,
    people,
    client,
    forge: githubForge(client, { checkKind: 'app', appId: keys.id }),
    async start(environment = {}) {
      const app = await startAppProcess({
        APP_ID: String(keys.id),
        PRIVATE_KEY: keys.privateKey,
        WEBHOOK_SECRET: keys.webhookSecret,
        GITHUB_API_URL: github.apiUrl,
        PORT: '0',
        SETTLE_MS: '250',
        ...environment,
      });
      await vi.waitFor(() => expect(app.lines().some(({ msg }) => msg === 'swept')).toBe(true), 20_000);
      const address = `${app.url}/api/github/webhooks`;
      if (started.length === 0) github.setWebhookUrl(keys, address);
      else github.webhooks.addListener(address, keys.webhookSecret);
      started.push(app);
      return app;
    },
    async register(digit) {
      const [main] = await git.readRefs('refs/heads/main');
      const stored = new Set<string>();
      const document = await registerModel(registration(main?.id ?? null, digit), {
        git,
        host,
        folder: 'registry',
        defaultBranch: 'main',
        identity: { name: 'github-actions[bot]', email: 'actions@example.com' },
        store: {
          seal: async () => undefined,
          has: async (sha256) => stored.has(sha256),
          put: async ({ sha256 }) => ({ uri: `memory:${sha256}` }),
          fetch: async () => {
            throw new Error('nothing is fetched here');
          },
        },
      });
      return document.version ?? '';
    },
    async close() {
      await Promise.all(started.map((app) => app.stop().catch(() => 0)));
      await github.close();
    },
  };
}
