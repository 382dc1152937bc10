import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApi } from './api.ts';
import { type AppStory, createAppStory } from './apps/app-story.ts';
import type { Clock } from './clock.ts';
import type { Context } from './context.ts';
import { createContext } from './create-context.ts';
import { createObserver, type Observed, type ObserveOptions } from './observe.ts';
import { createUser, createUserToken, createWorkflowToken, type NewUser } from './people.ts';
import type { Permissions, Role } from './records/people.ts';
import type { Dispatch } from './records/webhooks.ts';
import {
  addCollaborator,
  createRepository,
  createRuleset,
  forkRepository,
  type NewRepository,
  type NewRuleset,
  namedRepository,
} from './repositories.ts';
import { hookRoutes } from './routes/hooks.ts';
import { routes } from './routes/index.ts';
import { startServer } from './server.ts';
import { dumpState, type State } from './state.ts';
import { createWebhooks, type Webhooks } from './webhooks/create-webhooks.ts';
import { watchRequests } from './webhooks/watch-requests.ts';
import { recordWorkflowEvents, type WorkflowEvent } from './webhooks/workflow-events.ts';

export interface StandInOptions extends ObserveOptions {
  /** Where repositories and assets go; a temporary folder that goes with the stand-in when not given. */
  readonly folder?: string;
}

/** A GitHub on loopback, as a test or the demo holds it. Repositories are named `owner/name`. */
export interface StandIn extends AppStory, Observed {
  readonly url: string;
  /** The `baseUrl` of Octokit. */
  readonly apiUrl: string;
  readonly state: State;
  readonly clock: Clock;
  readonly webhooks: Webhooks;
  /** What was dispatched: recorded, nothing runs. */
  readonly dispatches: readonly Dispatch[];
  /** What may start workflows, and whether GitHub would let it: a workflow's own doings start none. */
  readonly workflowEvents: readonly WorkflowEvent[];
  createUser(login: string, options?: NewUser): void;
  /** A person's token; without permissions it may all that the person may. */
  createToken(login: string, options?: { readonly permissions?: Permissions }): string;
  createRepository(repository: string, options?: NewRepository): Promise<void>;
  /** Path of the bare repository. What is changed there by hand is seen, without an event. */
  gitFolder(repository: string): string;
  /** Answers the name of the fork. */
  fork(repository: string, login: string): Promise<string>;
  addCollaborator(repository: string, login: string, role: Role): void;
  createRuleset(repository: string, ruleset: NewRuleset): void;
  /** A run's GITHUB_TOKEN: acts as `github-actions[bot]`. */
  workflowToken(repository: string, permissions: Permissions): string;
  /** Nobody listens any more: connections are refused until it is plugged in again. */
  unplug(): Promise<void>;
  plugIn(): Promise<void>;
  /** All state that is not in Git, as JSON without secrets. */
  dump(): Record<string, unknown>;
  close(): Promise<void>;
}

type Story = Pick<
  StandIn,
  | 'createUser'
  | 'createToken'
  | 'createRepository'
  | 'gitFolder'
  | 'fork'
  | 'addCollaborator'
  | 'createRuleset'
  | 'workflowToken'
>;

/** What a story sets up: people, tokens, repositories. */
function createStory(context: Context): Story {
  const named = (repository: string) => namedRepository(context, repository);
  return {
    createUser: (login, options) => void createUser(context, login, options),
    createToken: (login, options) => createUserToken(context, login, options?.permissions ?? null),
    createRepository: async (repository, options = {}) => void (await createRepository(context, repository, options)),
    gitFolder: (repository) => named(repository).folder,
    async fork(repository, login) {
      const { owner, name } = await forkRepository(context, named(repository), login);
      return `${owner}/${name}`;
    },
    addCollaborator: (repository, login, role) => addCollaborator(context, named(repository), login, role),
    createRuleset: (repository, ruleset) => void createRuleset(context, named(repository), ruleset),
    workflowToken: (repository, permissions) => createWorkflowToken(context, named(repository), permissions),
  };
}

export async function startStandIn(options: StandInOptions = {}): Promise<StandIn> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'stand-in-'));
  mkdirSync(folder, { recursive: true });
  const context = createContext(folder);
  const requests = watchRequests();
  const webhooks = createWebhooks(context, requests.isBusy);
  const workflowEvents = recordWorkflowEvents(context);
  const observer = createObserver(context, options);
  const api = createApi(context, (root) => observer.prepare(root, requests.watch));
  observer.attach(api);
  for (const route of routes) route(api);
  hookRoutes(api, webhooks);
  const server = await startServer(api.root.fetch);
  context.url = `http://127.0.0.1:${server.port}`;
  return {
    url: context.url,
    apiUrl: `${context.url}/api/v3`,
    state: context.state,
    clock: context.clock,
    webhooks,
    dispatches: context.state.dispatches,
    workflowEvents,
    requests: observer.requests,
    faults: observer.faults,
    limits: observer.limits,
    ...createStory(context),
    ...createAppStory(context),
    unplug: server.unplug,
    plugIn: server.plugIn,
    dump: () => dumpState(context.state),
    async close() {
      webhooks.stop();
      await server.unplug();
      context.close();
      if (options.folder === undefined) rmSync(folder, { recursive: true, force: true });
    },
  };
}
