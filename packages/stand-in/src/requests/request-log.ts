import type { MiddlewareHandler } from 'hono';
import type { Env } from '../api.ts';
import { isApi, routeOf } from './route-of.ts';

export interface LoggedRequest {
  readonly method: string;
  /** With its query, without the host. */
  readonly path: string;
  /** `POST /repos/{owner}/{repo}/pulls`, or `query ReadObjects`. */
  readonly route: string;
  readonly status: number;
  /** Login; '' for nobody, and where nobody was asked yet. */
  readonly actor: string;
  readonly userAgent: string;
  /** What the fault plan did to it. */
  readonly fault: string | null;
}

/** What was asked, in the order of the answers. */
export interface RequestLog {
  /** REST, GraphQL and uploads. */
  readonly all: readonly LoggedRequest[];
  /** Clones, fetches and pushes, and the bytes of assets. */
  readonly others: readonly LoggedRequest[];
  /** Of the first; those that have every field that is given. */
  count(filter?: Partial<LoggedRequest>): number;
  reset(): void;
}

const has = (request: LoggedRequest, filter: Partial<LoggedRequest>) =>
  Object.entries(filter).every(([key, value]) => request[key as keyof LoggedRequest] === value);

export function createRequestLog(): { log: RequestLog; watch: MiddlewareHandler<Env> } {
  const all: LoggedRequest[] = [];
  const others: LoggedRequest[] = [];
  const watch: MiddlewareHandler<Env> = async (c, next) => {
    await next();
    const { pathname, search } = new URL(c.req.url);
    (isApi(c) ? all : others).push({
      method: c.req.method,
      path: `${pathname}${search}`,
      route: await routeOf(c),
      status: c.res.status,
      actor: c.get('who')?.login ?? '',
      userAgent: c.req.header('user-agent') ?? '',
      fault: c.get('fault') ?? null,
    });
  };
  const log: RequestLog = {
    all,
    others,
    count: (filter = {}) => all.filter((request) => has(request, filter)).length,
    reset() {
      all.length = 0;
      others.length = 0;
    },
  };
  return { log, watch };
}
