import type { Context as Request } from 'hono';
import type { Env } from './api.ts';

function readCount(text: string | undefined, standard: number, most: number): number {
  const count = Number.parseInt(text ?? '', 10);
  return Number.isFinite(count) && count >= 1 ? Math.min(count, most) : standard;
}

function linkTo(c: Request<Env>, page: number, relation: string): string {
  const url = new URL(c.req.url);
  url.searchParams.set('page', String(page));
  return `<${url.href}>; rel="${relation}"`;
}

/** The page that was asked for (`per_page`, `page`); sets the `Link` header when there are others. */
export function pageOf<Item>(c: Request<Env>, items: readonly Item[]): Item[] {
  const size = readCount(c.req.query('per_page'), 30, 100);
  const page = readCount(c.req.query('page'), 1, Number.MAX_SAFE_INTEGER);
  const last = Math.max(1, Math.ceil(items.length / size));
  const links = [
    ...(page > 1 ? [linkTo(c, page - 1, 'prev')] : []),
    ...(page < last ? [linkTo(c, page + 1, 'next'), linkTo(c, last, 'last')] : []),
    ...(page > 1 ? [linkTo(c, 1, 'first')] : []),
  ];
  if (links.length > 0) c.header('link', links.join(', '));
  return items.slice((page - 1) * size, page * size);
}
