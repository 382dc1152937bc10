import { createForgeClient, type ForgeClient, githubGitStore } from '@model-gitops/github';
import type { Host, RegistryWithStore } from '@model-gitops/lifecycle';
import type { LedgerEvent } from '@model-gitops/registry';
import { type StandIn, startStandIn } from '@model-gitops/stand-in';
import { afterAll, beforeAll } from 'vitest';
import { git } from './scratch-git.ts';

export interface Call {
  readonly method: string;
  /** Below the address of the API: `repos/acme/r1/git/refs`, `graphql`. */
  readonly path: string;
  readonly body: string;
}

/** What happens to one call instead of what should; `call` makes it reach GitHub. */
export type Fault = (call: () => Promise<Response>) => Promise<Response>;

const json = { 'content-type': 'application/json; charset=utf-8' };
const answer = (status: number, message: string, headers = {}) =>
  Response.json({ message }, { status, headers: { ...json, ...headers } });

function reset(): never {
  throw new TypeError('fetch failed', { cause: Object.assign(new Error('reset'), { code: 'ECONNRESET' }) });
}

/** The effect is there after the faults whose names end so. */
export const faults = {
  badGateway: async () => answer(502, 'Server Error'),
  badGatewayAfter: async (call) => {
    await (await call()).text();
    return answer(502, 'Server Error');
  },
  resetAfter: async (call) => {
    await (await call()).text();
    return reset();
  },
  halfAfter: async (call) => {
    const text = await (await call()).text();
    return new Response(text.slice(0, text.length / 2), { headers: json });
  },
  secondary: async () => answer(403, 'You have exceeded a secondary rate limit.', { 'retry-after': '60' }),
} as const satisfies Record<string, Fault>;

export interface GithubRepository {
  readonly fullName: string;
  readonly folder: string;
  /** The only commit that it starts with, on the branch `trunk`. */
  readonly head: string;
  readonly standIn: StandIn;
  /** A client of a collaborator, by default one who may write; `calls` grows. */
  client(options?: ClientOptions): { readonly client: ForgeClient; readonly calls: Call[] };
}

interface ClientOptions {
  readonly login?: string;
  readonly token?: string;
  readonly host?: Host;
  readonly fault?: (call: Call) => Fault | undefined;
}

/** The real clock, and chance. Waits are cut short: nobody else needs the time. */
export const hastyHost: Host = {
  now: () => new Date(),
  elapsedMs: () => performance.now(),
  sleep: (milliseconds) => new Promise((resolve) => setTimeout(resolve, Math.min(milliseconds, 20))),
  random: Math.random,
};

/** A registry over a client. The bytes are not what these tests are about: a store that takes everything. */
export function openWriter(client: ForgeClient, host = client.host): RegistryWithStore {
  return {
    git: githubGitStore(client),
    folder: 'registry',
    defaultBranch: 'trunk',
    host,
    identity: { name: 'Ana', email: 'ana@example.com' },
    store: {
      has: async () => true,
      put: async ({ sha256 }) => ({ uri: `dir:${sha256}` }),
      fetch: async (sha256, path) => ({ path, sha256, size: 1 }),
      seal: async () => undefined,
      listUnsealed: async () => [],
    },
  };
}

/** An event that only its name tells from another. */
export function recordedRun(name: string): LedgerEvent {
  const common = { schema: 'model-gitops/event/1', model: 'fraud', at: '2026-03-01T10:00:00Z' } as const;
  return { ...common, kind: 'run-recorded', id: `run-recorded-${name}`, key: name, run: { id: name, key: name } };
}

function clientOf(standIn: StandIn, fullName: string, options: ClientOptions) {
  const calls: Call[] = [];
  const fetch = async (url: unknown, init?: RequestInit): Promise<Response> => {
    const path = new URL(String(url)).pathname.replace(/^\/api\/(v3\/)?/, '');
    const call = { method: init?.method ?? 'GET', path, body: String(init?.body ?? '') };
    calls.push(call);
    const perform = () => globalThis.fetch(url as string, init);
    return options.fault?.(call)?.(perform) ?? perform();
  };
  const [owner = '', name = ''] = fullName.split('/');
  const client = createForgeClient({
    apiUrl: standIn.apiUrl,
    access: { token: options.token ?? standIn.createToken(options.login ?? 'ana') },
    repository: { owner, name },
    host: options.host ?? hastyHost,
    fetch: fetch as typeof globalThis.fetch,
  });
  return { client, calls };
}

/** A GitHub for the tests of one file; each call makes a repository in it, with one commit. */
export function githubRepositories(): (defaultBranch?: string) => Promise<GithubRepository> {
  let standIn: StandIn;
  let count = 0;
  beforeAll(async () => {
    standIn = await startStandIn();
  });
  afterAll(() => standIn.close());
  return async (defaultBranch = 'trunk') => {
    count += 1;
    const fullName = `acme/r${count}`;
    await standIn.createRepository(fullName, { defaultBranch });
    for (const login of ['ana', 'ben']) standIn.addCollaborator(fullName, login, 'write');
    const folder = standIn.gitFolder(fullName);
    const tree = git(folder, 'mktree', '--missing');
    const head = git(folder, 'commit-tree', tree, '-m', 'Start');
    git(folder, 'update-ref', `refs/heads/${defaultBranch}`, head);
    return { fullName, folder, head, standIn, client: (options = {}) => clientOf(standIn, fullName, options) };
  };
}
