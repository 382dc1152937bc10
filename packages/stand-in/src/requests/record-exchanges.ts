import { appendFileSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import type { MiddlewareHandler } from 'hono';
import type { Env } from '../api.ts';
import { isApi, isGraphql, routeOf } from './route-of.ts';

/** One REST request with its answer, as it goes into the record: a line of JSON. */
export interface Exchange {
  readonly method: string;
  readonly path: string;
  readonly route: string;
  readonly status: number;
  /** null: none, or no JSON. */
  readonly sent: unknown;
  readonly answered: unknown;
  readonly contentType: string;
  /** Of the answer. */
  readonly headers: Readonly<Record<string, string>>;
}

/** Tokens, keys and JWTs do not go into a file. */
const secrets = /\b(?:gh[pso]_\w+|ey\w+\.ey[\w-]+\.[\w-]+)|-----BEGIN [^-]*PRIVATE KEY-----[^-]*-----END [^-]*-----/g;
const cleaned = (text: string) => text.replaceAll(secrets, 'REMOVED');

function parse(text: string): unknown {
  try {
    return JSON.parse(cleaned(text));
  } catch {
    return null;
  }
}

const isJson = (type: string | null | undefined) => /\bjson\b/.test(type ?? '');

/** Writes each exchange of the REST API behind the others, for the check against GitHub's description. */
export function recordExchanges(file: string): MiddlewareHandler<Env> {
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, '');
  return async (c, next) => {
    const isRest = isApi(c) && !isGraphql(c);
    const sent = isRest && isJson(c.req.header('content-type')) ? await c.req.text() : '';
    await next();
    if (!isRest || c.get('fault') !== undefined) return;
    const { pathname, search } = new URL(c.req.url);
    const contentType = c.res.headers.get('content-type') ?? '';
    const exchange: Exchange = {
      method: c.req.method,
      path: `${pathname}${search}`,
      route: await routeOf(c),
      status: c.res.status,
      sent: parse(sent),
      answered: isJson(contentType) ? parse(await c.res.clone().text()) : null,
      contentType,
      headers: Object.fromEntries(c.res.headers),
    };
    appendFileSync(file, `${JSON.stringify(exchange)}\n`);
  };
}
