import type { MiddlewareHandler } from 'hono';

/** Counts the requests that are under way: each may cause events. */
export function watchRequests(): { watch: MiddlewareHandler; isBusy(): boolean } {
  let underWay = 0;
  return {
    async watch(_c, next) {
      underWay += 1;
      try {
        await next();
      } finally {
        underWay -= 1;
      }
    },
    isBusy: () => underWay > 0,
  };
}
