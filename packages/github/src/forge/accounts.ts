import type { Account } from '@model-gitops/lifecycle';

/** An actor as GraphQL tells it. */
export interface ActorFields {
  readonly __typename: string;
  readonly login: string;
}

/** A user as REST tells it. */
export interface UserFields {
  readonly login: string;
  readonly type?: string | undefined;
}

/** GraphQL leaves out the `[bot]` that REST writes: it is put back, so that both names are one. A mannequin stands for nobody here. */
export function accountOfActor(actor: ActorFields | null): Account | null {
  if (actor === null || actor.__typename === 'Mannequin') return null;
  const isBot = actor.__typename === 'Bot';
  const isShort = isBot && !actor.login.endsWith('[bot]');
  return { login: isShort ? `${actor.login}[bot]` : actor.login, isBot };
}

export function accountOfUser(user: UserFields | null | undefined): Account | null {
  return user == null ? null : { login: user.login, isBot: user.type === 'Bot' };
}

/** The user of a commit's author: GraphQL types a bot as a user there, but with its whole name, which no person can have. */
export function accountOfAuthor(user: { readonly login: string } | null | undefined): Account | null {
  return user == null ? null : { login: user.login, isBot: user.login.endsWith('[bot]') };
}
