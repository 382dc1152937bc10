import { createHmac, timingSafeEqual } from 'node:crypto';
import type { Context } from '../context.ts';
import type { Schema } from '../views/schema.ts';
import type { Commit } from './parse.ts';

const first = '-----BEGIN PGP SIGNATURE-----';
const last = '-----END PGP SIGNATURE-----';

/** What GitHub's web-flow key is to GitHub: only this stand-in can make it, and it covers the whole commit. */
export function signPayload({ signingKey }: Context, payload: string): string {
  const seal = createHmac('sha256', signingKey).update(payload).digest('base64');
  return `${first}\n\n${seal}\n${last}`;
}

function isOurs(context: Context, { payload, signature }: Commit): boolean {
  const expected = Buffer.from(signPayload(context, payload));
  const found = Buffer.from((signature ?? '').trimEnd());
  return expected.length === found.length && timingSafeEqual(expected, found);
}

export function verificationOf(context: Context, commit: Commit): Schema<'git-commit'>['verification'] {
  const { signature, committer } = commit;
  if (signature === null)
    return { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null };
  const payload = commit.payload;
  if (!isOurs(context, commit))
    return { verified: false, reason: 'unknown_key', signature, payload, verified_at: null };
  return { verified: true, reason: 'valid', signature, payload, verified_at: committer.date };
}
