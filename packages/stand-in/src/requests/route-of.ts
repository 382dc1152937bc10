import type { Context as Request } from 'hono';
import { matchedRoutes } from 'hono/route';
import type { Env } from '../api.ts';

const parameter = /:(\w+)\??(?:\{(?:[^{}]|\{[^}]*\})*\})?/g;

/** `query ReadObjects` of what was sent; a query without a name is `query`. */
function operationOf(sent: string): string {
  const query = /"query"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(sent)?.[1] ?? '';
  const [, kind = 'query', name = ''] = /(?:^|[\s}]|\\[nrt])(query|mutation)\b(?:\s|\\[nrt])*(\w*)/.exec(query) ?? [];
  return `${kind} ${name}`.trim();
}

export const isGraphql = (c: Request<Env>): boolean => c.req.path === '/api/graphql';
export const isApi = (c: Request<Env>): boolean => c.req.path.startsWith('/api/');

/**
 * What a request asks for, without its particulars: `POST /repos/{owner}/{repo}/pulls`, `query ReadObjects`. A path that
 * nobody answers is itself.
 */
export async function routeOf(c: Request<Env>): Promise<string> {
  if (isGraphql(c)) return operationOf(await c.req.text());
  const route = matchedRoutes(c).findLast(({ method }) => method !== 'ALL');
  const path = (route?.path ?? c.req.path).replace(/^\/api\/v3(?=\/)/, '');
  return `${c.req.method} ${path.replaceAll(parameter, '{$1}')}`;
}
