import type { Hono, MiddlewareHandler } from 'hono';
import type { Api, Env } from './api.ts';
import type { Context } from './context.ts';
import { createFaultPlan, type FaultPlan } from './faults/fault-plan.ts';
import { injectFaults } from './faults/inject-faults.ts';
import { createStaleReads } from './faults/stale-reads.ts';
import { keepLimits, type Limits } from './limits/keep-limits.ts';
import { recordExchanges } from './requests/record-exchanges.ts';
import { createRequestLog, type RequestLog } from './requests/request-log.ts';

export interface ObserveOptions {
  /** Rate limits refuse, not only count. */
  readonly strictLimits?: boolean;
  /** Each REST request with its answer goes into this file, a line of JSON each. */
  readonly recordExchanges?: string;
}

/** What a test sees of the requests, and what it may do to them. */
export interface Observed {
  readonly requests: RequestLog;
  readonly faults: FaultPlan;
  readonly limits: Limits;
}

export interface Observer extends Observed {
  /** Stands before everything. `watch`: what counts the requests that may still cause something. */
  readonly prepare: (root: Hono<Env>, watch: MiddlewareHandler) => void;
  /** Stands between who asks and the routes. */
  readonly attach: (api: Api) => void;
}

export function createObserver(context: Context, options: ObserveOptions): Observer {
  const { log, watch } = createRequestLog();
  const faults = createFaultPlan();
  const limits: Limits = { strict: options.strictLimits ?? false };
  const { clock } = context;
  const readStale = createStaleReads(context);
  const record = options.recordExchanges === undefined ? null : recordExchanges(options.recordExchanges);
  return {
    requests: log,
    faults,
    limits,
    prepare(root, busy) {
      root.use('*', watch);
      // a request that is never answered keeps nobody waiting
      root.use('*', injectFaults({ clock, choose: faults.choose, readStale }));
      root.use('*', busy);
      if (record !== null) root.use('*', record);
    },
    attach: (api) => keepLimits(api, limits),
  };
}
