import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { RESPONSE_ALREADY_SENT } from '@hono/node-server/utils/response';
import type { MiddlewareHandler, Context as Request } from 'hono';
import type { Env } from '../api.ts';
import type { Clock } from '../clock.ts';
import { primaryLimit, secondaryLimit } from '../limits/limit-answers.ts';
import { isApi, isGraphql, routeOf } from '../requests/route-of.ts';
import type { Fault } from './fault-plan.ts';

export interface Injection {
  readonly clock: Clock;
  readonly choose: (route: string, isApi: boolean) => Fault | null;
  readonly readStale: <Answer>(read: () => Promise<Answer>) => Promise<Answer>;
}

type Pass = () => Promise<void>;

/** What stands before GitHub's API answers with a page of its own. */
function gatewayError(status: 500 | 502 | 503 | 504): Response {
  const words = { 500: 'Internal Server Error', 502: 'Bad Gateway', 503: 'Unavailable', 504: 'Gateway Timeout' }[
    status
  ];
  return new Response(`<html><head><title>${status} ${words}</title></head><body>${words}</body></html>`, {
    status,
    headers: { 'content-type': 'text/html' },
  });
}

function hangUp(c: Request<Env>): Response {
  c.env.incoming.socket.destroy();
  return RESPONSE_ALREADY_SENT;
}

/** The whole length is promised and half of it sent. */
async function sendHalf(c: Request<Env>): Promise<Response> {
  const bytes = new Uint8Array(await c.res.arrayBuffer());
  const { outgoing } = c.env;
  outgoing.writeHead(c.res.status, { ...Object.fromEntries(c.res.headers), 'content-length': String(bytes.length) });
  await new Promise((resolve) => outgoing.write(bytes.subarray(0, Math.floor(bytes.length / 2)), resolve));
  return hangUp(c);
}

/** Until the caller gives up. */
async function staySilent(c: Request<Env>): Promise<Response> {
  if (!c.env.outgoing.destroyed) await once(c.env.outgoing, 'close');
  return RESPONSE_ALREADY_SENT;
}

async function cutOff(c: Request<Env>, fault: Fault & { readonly kind: 'reset' }, pass: Pass): Promise<Response> {
  if (fault.when === 'before') return hangUp(c);
  await pass();
  return fault.when === 'midway' ? sendHalf(c) : hangUp(c);
}

/** The answer in place of the real one; null where the real one stands. */
async function strike(c: Request<Env>, fault: Fault, pass: Pass, injection: Injection): Promise<Response | null> {
  switch (fault.kind) {
    case 'error':
      if (fault.when === 'after') await pass();
      return gatewayError(fault.status ?? 502);
    case 'reset':
      return cutOff(c, fault, pass);
    case 'silence':
      if (fault.when === 'after') await pass();
      return staySilent(c);
    case 'secondary-limit':
      return secondaryLimit(fault.retryAfterSeconds ?? 60, fault.status ?? 403);
    case 'primary-limit':
      return primaryLimit(injection.clock.now(), fault.resetSeconds ?? 3000, isGraphql(c));
    case 'stale':
      await injection.readStale(pass);
      return null;
    case 'slow':
      await sleep(fault.milliseconds);
      await pass();
      return null;
    default:
      return fault satisfies never;
  }
}

/** Stands before everything that answers. */
export function injectFaults(injection: Injection): MiddlewareHandler<Env> {
  return async (c, next) => {
    const fault = injection.choose(await routeOf(c), isApi(c));
    if (fault === null) return next();
    c.set('fault', fault.kind);
    const answer = await strike(c, fault, next, injection);
    if (answer === null) return;
    // nothing of the real answer's headers is left
    c.res = undefined;
    c.res = answer;
  };
}
