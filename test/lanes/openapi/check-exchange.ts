import type { Exchange } from '@model-gitops/stand-in';
import type { Description } from './description.ts';

/** What the REST API and the uploads are below. */
const base = /^\/api\/(?:v3|uploads)(?=\/)/;

/** These may come from every route, whatever its description lists. */
const everywhere = new Set([304, 400, 401, 403, 404, 409, 422]);

export interface Finding {
  readonly operation: string;
  /** Empty: as described. */
  readonly deviations: readonly string[];
}

/** Holds one request and its answer against GitHub's description. */
export function checkExchange(description: Description, exchange: Exchange): Finding {
  const { pathname, searchParams } = new URL(exchange.path.replace(base, ''), 'http://github');
  const operation = description.find(exchange.method, pathname);
  if (operation === null)
    return { operation: `${exchange.method} ${pathname}`, deviations: ['GitHub describes no such route'] };
  const status = String(exchange.status);
  const isListed = operation.statuses.includes(status);
  const queries = [...new Set(searchParams.keys())].filter((key) => !operation.queries.includes(key));
  // a request that was refused may be wrong: that is why
  const sent = exchange.sent === null || exchange.status >= 400 ? [] : description.checkSent(operation, exchange.sent);
  const answered = exchange.answered === null ? [] : description.checkAnswered(operation, status, exchange.answered);
  return {
    operation: `${operation.method} ${operation.path}`,
    deviations: [
      ...queries.map((key) => `sent: ?${key} is unknown to GitHub`),
      ...sent.map((words) => `sent: ${words}`),
      ...(isListed || everywhere.has(exchange.status) ? [] : [`answered ${status}, which GitHub does not list`]),
      ...answered.map((words) => `answered ${status}: ${words}`),
    ],
  };
}
