import { createHash } from 'node:crypto';
import type { Context as Request } from 'hono';
import type { Env } from '../api.ts';

/** Gives a read its ETag; 304 without a body where the asker has it already. It depends on who asks. */
export async function tagAnswer(c: Request<Env>): Promise<void> {
  const type = c.res.headers.get('content-type') ?? '';
  if (c.req.method !== 'GET' || c.res.status !== 200 || !/\bjson\b/.test(type)) return;
  const body = await c.res.clone().text();
  const hash = createHash('sha256').update(c.get('who').login).update('\0').update(body).digest('hex');
  const tag = `W/"${hash}"`;
  const known = (c.req.header('if-none-match') ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(`"${hash}"`)) c.res = new Response(null, { status: 304, headers: { etag: tag } });
  else c.res.headers.set('etag', tag);
}
