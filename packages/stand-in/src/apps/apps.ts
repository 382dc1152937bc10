import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { type Context, timeOf } from '../context.ts';
import { createUser } from '../people.ts';
import type { App, Installation, Permissions } from '../records/people.ts';
import type { Repository } from '../records/repositories.ts';
import { isSameName, nextId, type State } from '../state.ts';
import { botOf, findApp } from './find-app.ts';
import { tellInstallation } from './installation-events.ts';

export interface NewApp {
  readonly slug: string;
  readonly permissions: Permissions;
  readonly events: readonly string[];
  readonly webhookUrl?: string;
  /** Made when not given. */
  readonly webhookSecret?: string;
}

/** What the owner of an app holds. */
export interface AppKeys {
  readonly id: number;
  readonly slug: string;
  /** PEM, PKCS#1 as GitHub hands it out. */
  readonly privateKey: string;
  readonly webhookSecret: string;
}

export function createApp(context: Context, given: NewApp): AppKeys {
  const { slug, permissions, events, webhookUrl = null, webhookSecret = randomBytes(16).toString('hex') } = given;
  if (context.state.apps.some((app) => app.slug === slug)) throw new Error(`the app ${slug} is there already`);
  const keys = generateKeyPairSync('rsa', {
    modulusLength: 2048,
    publicKeyEncoding: { type: 'spki', format: 'pem' },
    privateKeyEncoding: { type: 'pkcs1', format: 'pem' },
  });
  createUser(context, botOf({ slug }), { type: 'Bot' });
  const owner = createUser(context, `${slug}-makers`, { type: 'Organization' }).login;
  const id = nextId(context.state);
  const listening = { publicKey: keys.publicKey, webhookUrl, webhookSecret };
  const granted = { permissions: { metadata: 'read', ...permissions } as const, events: [...events] };
  context.state.apps.push({ id, slug, name: slug, owner, ...granted, createdAt: timeOf(context), ...listening });
  return { id, slug, privateKey: keys.privateKey, webhookSecret };
}

function addInstallation(context: Context, app: App, account: string): Installation {
  const id = nextId(context.state);
  const { permissions, events } = app;
  const made = { id, appId: app.id, account, permissions, events, repositories: [], createdAt: timeOf(context) };
  context.state.installations.push(made);
  return made;
}

/** On that repository, in the one installation of its owner. */
export function installApp(context: Context, appId: number, repository: Repository): Installation {
  const app = findApp(context.state, appId);
  if (app === undefined) throw new Error(`the stand-in has no app ${appId}`);
  const known = context.state.installations.find(
    (one) => one.appId === appId && isSameName(one.account, repository.owner),
  );
  const installation = known ?? addInstallation(context, app, repository.owner);
  if (installation.repositories.includes(repository.id)) return installation;
  installation.repositories.push(repository.id);
  tellInstallation(context, installation, repository, known === undefined);
  return installation;
}

/** Where an app is installed on that repository. */
export function installationOn(state: State, appId: number, repository: Repository): Installation | undefined {
  return state.installations.find((one) => one.appId === appId && one.repositories.includes(repository.id));
}
