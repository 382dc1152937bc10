import { randomBytes } from 'node:crypto';
import { type Context, timeOf } from './context.ts';
import type { Permissions, Token, User } from './records/people.ts';
import type { Repository } from './records/repositories.ts';
import { findUser, nextId } from './state.ts';

export interface NewUser {
  readonly name?: string;
  readonly email?: string;
  readonly type?: User['type'];
}

/** What is said later of an account that is there. A repository's owner is an organisation until it acts as a person. */
function completeUser(known: User, { name, email, type = 'User' }: NewUser): User {
  if (known.type === 'Organization') known.type = type;
  known.name = name ?? known.name;
  known.email = email ?? known.email;
  return known;
}

/** An account; the same login again is the same account. */
export function createUser(context: Context, login: string, given: NewUser = {}): User {
  const { state } = context;
  const known = findUser(state, login);
  if (known !== undefined) return completeUser(known, given);
  const { name, email, type = 'User' } = given;
  const id = nextId(state);
  const address = email ?? `${id}+${login}@users.noreply.github.com`;
  const user: User = { id, login, type, name: name ?? null, email: address, createdAt: timeOf(context) };
  state.users.push(user);
  return user;
}

export function findUserByEmail({ state }: Context, email: string): User | undefined {
  return state.users.find((user) => user.email?.toLowerCase() === email.toLowerCase());
}

/** What GitHub's own accounts are called. */
export const actionsBot = 'github-actions[bot]';
export const webFlow = { name: 'GitHub', email: 'noreply@github.com' } as const;

export function addToken(context: Context, token: Omit<Token, 'text'>, prefix: string): Token {
  const made: Token = { ...token, text: `${prefix}_${randomBytes(18).toString('hex')}` };
  context.state.tokens.push(made);
  return made;
}

/** A person's token; without permissions it may all that the person may. */
export function createUserToken(context: Context, login: string, permissions: Permissions | null): string {
  const user = createUser(context, login);
  const plain = { repositories: null, appId: null, installationId: null, expiresAt: null };
  return addToken(context, { kind: 'user', login: user.login, permissions, ...plain }, 'ghp').text;
}

/** The app behind `GITHUB_TOKEN`, made when first needed. */
function actionsApp(context: Context): number {
  const known = context.state.apps.find((app) => app.slug === 'github-actions');
  if (known !== undefined) return known.id;
  createUser(context, actionsBot, { type: 'Bot' });
  createUser(context, 'github', { type: 'Organization' });
  const id = nextId(context.state);
  const silent = { publicKey: null, webhookUrl: null, webhookSecret: null };
  const named = { id, slug: 'github-actions', name: 'GitHub Actions', owner: 'github' };
  context.state.apps.push({ ...named, permissions: {}, events: [], createdAt: timeOf(context), ...silent });
  return id;
}

/** A run's `GITHUB_TOKEN`: one repository, the permissions of its job. */
export function createWorkflowToken(context: Context, repository: Repository, permissions: Permissions): string {
  const appId = actionsApp(context);
  const plain = { repositories: [repository.id], appId, installationId: null, expiresAt: null };
  return addToken(context, { kind: 'workflow', login: actionsBot, permissions, ...plain }, 'ghs').text;
}
