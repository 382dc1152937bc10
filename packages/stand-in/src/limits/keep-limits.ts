import type { MiddlewareHandler, Context as Request } from 'hono';
import type { Api, Env } from '../api.ts';
import type { Clock } from '../clock.ts';
import { isGraphql, routeOf } from '../requests/route-of.ts';
import { type Budget, type Budgets, createBudgets, type Resource } from './budgets.ts';
import { tagAnswer } from './etag.ts';
import { primaryLimit, secondaryLimit } from './limit-answers.ts';

export interface Limits {
  /** Whether who is over a limit is refused. Headers tell of the primary limit either way. */
  strict: boolean;
}

const headersOf = ({ limit, used, reset }: Budget, resource: Resource) => ({
  'x-ratelimit-limit': String(limit),
  'x-ratelimit-remaining': String(Math.max(0, limit - used)),
  'x-ratelimit-used': String(used),
  'x-ratelimit-reset': String(reset),
  'x-ratelimit-resource': resource,
});

/** A write is five points, a read one, and a read that found nothing new costs no call. */
async function costOf(c: Request<Env>) {
  const isWrite = isGraphql(c) ? (await routeOf(c)).startsWith('mutation') : c.req.method !== 'GET';
  const calls = c.res.status === 304 ? 0 : (c.get('points') ?? 1);
  return { calls, points: isWrite ? 5 : 1, creates: isWrite && c.res.status < 400 };
}

function refusalOf(c: Request<Env>, budgets: Budgets, resource: Resource, now: Date): Response | null {
  const who = c.get('who');
  const { limit, used, reset } = budgets.read(who, resource, now);
  if (used >= limit) return primaryLimit(now, reset - Math.ceil(now.getTime() / 1000), isGraphql(c));
  const wait = budgets.secondsToWait(who, resource, now);
  return wait === null ? null : secondaryLimit(wait);
}

function watch(clock: Clock, limits: Limits, budgets: Budgets): MiddlewareHandler<Env> {
  return async (c, next) => {
    const resource = isGraphql(c) ? 'graphql' : 'core';
    const now = clock.now();
    const refusal = limits.strict ? refusalOf(c, budgets, resource, now) : null;
    if (refusal === null) {
      await next();
      await tagAnswer(c);
      budgets.spend(c.get('who'), resource, now, await costOf(c));
    } else c.res = refusal;
    const headers = headersOf(budgets.read(c.get('who'), resource, now), resource);
    for (const [name, value] of Object.entries(headers)) c.res.headers.set(name, value);
  };
}

/** Calls are counted by who asks. It stands before the routes and after it is known who that is. */
export function keepLimits({ root, app, context }: Api, limits: Limits): void {
  const budgets = createBudgets();
  // asking for the limits costs nothing
  app.get('/rate_limit', (c) => {
    const now = context.clock.now();
    const tell = (resource: Resource) => {
      const { limit, used, reset } = budgets.read(c.get('who'), resource, now);
      return { limit, used, remaining: Math.max(0, limit - used), reset };
    };
    const core = tell('core');
    return c.json({ resources: { core, graphql: tell('graphql'), search: core }, rate: core });
  });
  root.use('/api/*', watch(context.clock, limits, budgets));
}
