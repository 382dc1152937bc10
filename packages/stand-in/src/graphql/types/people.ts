import { findUserByEmail, webFlow } from '../../people.ts';
import type { User } from '../../records/people.ts';
import { findUser } from '../../state.ts';
import { nodeId } from '../../views/schema.ts';
import { userView } from '../../views/user.ts';
import type { Fields, Query, Typed } from '../query.ts';

export interface Account extends Typed<User['type']> {
  readonly login: string;
}

/** Who did something, as GraphQL tells it: bots without `[bot]`; null for an account that is gone. */
export function actorOf({ context }: Query, login: string): Account | null {
  const user = findUser(context.state, login);
  if (user === undefined) return null;
  return { __typename: user.type, login: user.type === 'Bot' ? user.login.replace(/\[bot\]$/, '') : user.login };
}

/** Where the schema wants a `User`, GitHub gives bots as users too, and there with `[bot]`. */
export function userOf({ context }: Query, login: string): Account | null {
  const user = findUser(context.state, login);
  return user === undefined ? null : { __typename: 'User', login: user.login };
}

/** The account behind an address; GitHub's own address belongs to `web-flow`. */
export function userByEmail(query: Query, email: string): Account | null {
  if (email === webFlow.email) return { __typename: 'User', login: 'web-flow' };
  const user = findUserByEmail(query.context, email);
  return user === undefined ? null : userOf(query, user.login);
}

const viewOf = ({ context }: Query, { __typename, login }: Account) =>
  userView(context, __typename === 'Bot' ? `${login}[bot]` : login);

export const accountFields: Fields<Account> = {
  login: ({ login }) => login,
  id: (account, _args: object, query) => nodeId(account.__typename, Number(viewOf(query, account).id)),
  databaseId: (account, _args: object, query) => viewOf(query, account).id,
  name: ({ login }, _args: object, { context }) => findUser(context.state, login)?.name ?? null,
  url: (account, _args: object, query) => viewOf(query, account).html_url,
  avatarUrl: (account, _args: object, query) => viewOf(query, account).avatar_url,
};
