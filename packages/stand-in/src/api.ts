import type { HttpBindings } from '@hono/node-server';
import { Hono } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Actor } from './actor.ts';
import { authenticate } from './authenticate.ts';
import type { Context } from './context.ts';
import { Refusal, refusals } from './refusals.ts';

export interface Env {
  Bindings: HttpBindings;
  Variables: {
    who: Actor;
    /** What the fault plan does to the request. */
    fault?: string;
    /** What a query takes of the hourly limit. */
    points?: number;
  };
}

/** What a file of routes is given. */
export interface Api {
  /** The whole server: `/api/graphql`, `/api/uploads`, `/<owner>/<name>.git`. */
  readonly root: Hono<Env>;
  /** Paths below `/api/v3`. */
  readonly app: Hono<Env>;
  readonly context: Context;
}

function answerRefusal(error: Error): Response {
  const refusal =
    error instanceof Refusal ? error : new Refusal(500, { message: `The stand-in failed: ${error.message}` });
  if (!(error instanceof Refusal)) console.error(error);
  return Response.json(refusal.body, { status: refusal.status as ContentfulStatusCode, headers: refusal.headers });
}

/** The server without routes. `prepare` adds what stands before everything else: log, faults, limits. */
export function createApi(context: Context, prepare: (root: Hono<Env>) => void): Api {
  const root = new Hono<Env>();
  prepare(root);
  root.use('/api/*', async (c, next) => {
    c.set('who', await authenticate(context, c.req.header('authorization')));
    await next();
    if (c.res.headers.get('x-github-media-type') === null)
      c.res.headers.set('x-github-media-type', 'github.v3; format=json');
  });
  root.onError(answerRefusal);
  root.notFound(() => answerRefusal(refusals.notFound()));
  return { root, app: root.basePath('/api/v3'), context };
}
