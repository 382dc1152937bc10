import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type StandIn, startStandIn } from '@model-gitops/stand-in';
import { parse } from 'yaml';
import { type AppProcess, startAppProcess } from '../doors/app-process.ts';
import type { DemoOptions } from './options.ts';
import { createPerson, type Person, repository } from './people.ts';

/** GitHub on loopback, the accounts of the story on it, and the app beside it. */
export interface Town {
  readonly github: StandIn;
  readonly app: AppProcess;
  /** Writes code, and asks. */
  readonly anna: Person;
  /** May write too: the second pair of eyes. */
  readonly ben: Person;
  /** Nobody knows her; she has a fork. */
  readonly mallory: Person;
  /** What is under way has been answered, with all that it caused. */
  settled(): Promise<void>;
  /** Somebody who administers the repository switches its rules off for a while. */
  withoutRules(act: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface Manifest {
  readonly default_permissions: Readonly<Record<string, 'read' | 'write'>>;
  readonly default_events: readonly string[];
}

/** The app has the permissions and events of its own manifest, and no others. */
async function registerApp(github: StandIn, home: string) {
  const manifest = parse(await readFile(join(home, 'app/app.yml'), 'utf8')) as Manifest;
  const { default_permissions: permissions, default_events: events } = manifest;
  return github.createApp({ slug: 'model-gitops', permissions, events });
}

/** Merging into main needs the check of this very app, and history is never rewritten. */
function protectMain(github: StandIn, appId: number): void {
  github.createRuleset(repository, {
    name: 'main',
    requiredChecks: [{ context: 'model-gitops/promotion', appId }],
    noForcePush: true,
    noDeletion: true,
  });
}

async function startApp(github: StandIn, keys: Awaited<ReturnType<typeof registerApp>>): Promise<AppProcess> {
  const app = await startAppProcess({
    APP_ID: String(keys.id),
    PRIVATE_KEY: keys.privateKey,
    WEBHOOK_SECRET: keys.webhookSecret,
    GITHUB_API_URL: github.apiUrl,
    PORT: '0',
  });
  github.setWebhookUrl(keys, `${app.url}/api/github/webhooks`);
  return app;
}

export interface TownRequest {
  /** The clone of model-gitops. */
  readonly home: string;
  /** Where GitHub keeps what it is given. */
  readonly folder: string;
  /** File that every request to GitHub is recorded in. */
  readonly exchanges: string;
  readonly options: DemoOptions;
}

async function furnish(github: StandIn, { home, options }: TownRequest): Promise<Town> {
  github.createUser('acme', { type: 'Organization' });
  await github.createRepository(repository);
  const anna = createPerson(github, { login: 'anna', name: 'Anna Vogt' });
  const ben = options.break === 'four-eyes' ? anna : createPerson(github, { login: 'ben', name: 'Ben Okoro' });
  const mallory = createPerson(github, { login: 'mallory', name: 'Mallory' });
  for (const { login } of [anna, ben]) github.addCollaborator(repository, login, 'write');
  const keys = await registerApp(github, home);
  github.install(keys, repository);
  protectMain(github, keys.id);
  const app = await startApp(github, keys);
  return {
    github,
    app,
    anna,
    ben,
    mallory,
    settled: () => github.webhooks.settled(),
    async withoutRules(act) {
      const rules = github.state.rulesets.splice(0);
      await act();
      github.state.rulesets.push(...rules);
    },
    async close() {
      await app.stop();
      await github.close();
    },
  };
}

/** With `--break four-eyes` the second account is the first one's. */
export async function createTown(request: TownRequest): Promise<Town> {
  const github = await startStandIn({ folder: request.folder, recordExchanges: request.exchanges });
  try {
    return await furnish(github, request);
  } catch (thrown) {
    await github.close();
    throw thrown;
  }
}
