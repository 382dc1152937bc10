import { verify } from 'node:crypto';
import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { refusals } from '../refusals.ts';
import { botOf } from './find-app.ts';

interface Claims {
  readonly iss: string | number;
  readonly iat: number;
  readonly exp: number;
}

const longestSeconds = 600;
const skewSeconds = 60;

function parsePart(part: string): Record<string, unknown> | null {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return null;
  }
}

/** GitHub's sentences: clients read them to tell a clock that is off from a wrong key. */
function judgeTimes(claims: Record<string, unknown>, now: number): string | null {
  const { iat, exp } = claims;
  if (typeof iat !== 'number' || !Number.isInteger(iat) || iat > now + skewSeconds)
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  if (typeof exp !== 'number' || exp <= now)
    return "'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires";
  return exp > now + longestSeconds + skewSeconds ? "'Expiration time' claim ('exp') is too far in the future" : null;
}

function readClaims(context: Context, payload: string): Claims {
  const claims = parsePart(payload) ?? {};
  const now = context.clock.now();
  const wrong = judgeTimes(claims, now.getTime() / 1000);
  // the date lets a client correct its clock
  if (wrong !== null) throw refusals.unauthorized(wrong, { date: now.toUTCString() });
  return claims as unknown as Claims;
}

/** An app by the token that it signed with its own key (RS256); null for what is no such token. */
export function byAppKey(context: Context, credential: string): Actor | null {
  const [header, payload, signature, ...more] = credential.split('.');
  if (header === undefined || payload === undefined || signature === undefined || more.length > 0) return null;
  const undecodable = 'A JSON web token could not be decoded';
  if (parsePart(header)?.alg !== 'RS256') throw refusals.unauthorized(undecodable);
  const issuer = String(parsePart(payload)?.iss ?? '');
  const app = context.state.apps.find(({ id }) => String(id) === issuer);
  if (app === undefined || app.publicKey === null)
    throw refusals.unauthorized("'Issuer' claim ('iss') must be an Integer");
  const signed = Buffer.from(`${header}.${payload}`);
  if (!verify('sha256', signed, app.publicKey, Buffer.from(signature, 'base64url')))
    throw refusals.unauthorized(undecodable);
  readClaims(context, payload);
  return {
    kind: 'app',
    login: botOf(app),
    permissions: app.permissions,
    repositories: [],
    appId: app.id,
    installationId: null,
  };
}
