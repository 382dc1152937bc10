import { type Actor, anonymous } from './actor.ts';
import { byAppKey } from './apps/read-jwt.ts';
import type { Context } from './context.ts';
import { refusals } from './refusals.ts';
import { findUser } from './state.ts';

/** Reads a credential; null where it is none of this kind. */
type Scheme = (context: Context, credential: string) => Actor | null | Promise<Actor | null>;

const byToken: Scheme = ({ state, clock }, text) => {
  const token = state.tokens.find((one) => one.text === text);
  if (token === undefined) return null;
  if (token.expiresAt !== null && new Date(token.expiresAt) <= clock.now()) return null;
  const { kind, permissions, repositories, appId, installationId } = token;
  const login = findUser(state, token.login)?.login ?? token.login;
  return { kind, login, permissions, repositories, appId, installationId };
};

/** In this order. */
const schemes: readonly Scheme[] = [byToken, byAppKey];

/** `Bearer x`, `token x`, or `Basic` with the token as password and any user name. */
export function readCredential(header: string): string | null {
  const [, scheme = '', value = ''] = /^(\S+)\s+(\S+)\s*$/.exec(header) ?? [];
  if (/^(bearer|token)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return null;
  const plain = Buffer.from(value, 'base64').toString('utf8');
  return plain.slice(plain.indexOf(':') + 1);
}

/** Nobody without a header; a credential that is unknown or expired is refused, also where nobody needs one. */
export async function authenticate(context: Context, header: string | undefined): Promise<Actor> {
  if (header === undefined) return anonymous;
  const credential = readCredential(header);
  if (credential !== null) {
    for (const scheme of schemes) {
      const actor = await scheme(context, credential);
      if (actor !== null) return actor;
    }
  }
  throw refusals.badCredentials();
}
