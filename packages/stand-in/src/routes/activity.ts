import type { Context as Request } from 'hono';
import type { Api, Env } from '../api.ts';
import type { Activity, Repository } from '../records/repositories.ts';
import { enter } from '../require-permission.ts';
import { isSameName, type State } from '../state.ts';
import { nodeId } from '../views/schema.ts';
import { userView } from '../views/user.ts';

function listed(state: State, repository: Repository, c: Request<Env>): Activity[] {
  const { ref, actor, activity_type: kind, direction = 'desc' } = c.req.query();
  const full = ref === undefined || ref.startsWith('refs/') ? ref : `refs/heads/${ref}`;
  const found = state.activities.filter(
    (one) =>
      one.repository === repository.id &&
      (full === undefined || one.ref === full) &&
      (actor === undefined || isSameName(one.actor, actor)) &&
      (kind === undefined || one.kind === kind),
  );
  return direction === 'asc' ? found : found.toReversed();
}

/** Pages go by cursor: the next one starts after the last id of this one. */
function takeCursorPage(c: Request<Env>, all: readonly Activity[]): readonly Activity[] {
  const size = Math.min(Number(c.req.query('per_page')) || 30, 100);
  const after = c.req.query('after');
  const start = after === undefined ? 0 : all.findIndex(({ id }) => String(id) === after) + 1;
  const page = all.slice(start, start + size);
  const last = page.at(-1);
  if (last !== undefined && start + size < all.length) {
    const url = new URL(c.req.url);
    url.searchParams.set('after', String(last.id));
    c.header('link', `<${url.href}>; rel="next"`);
  }
  return page;
}

/** Who moved which branch. */
export const activityRoutes = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/activity', (c) => {
    const { repository } = enter(context, c, { contents: 'read' });
    const page = takeCursorPage(c, listed(context.state, repository, c));
    return c.json(
      page.map(({ id, ref, before, after, kind, at, actor }) => ({
        id,
        node_id: nodeId('Activity', id),
        before,
        after,
        ref,
        timestamp: at,
        activity_type: kind,
        actor: userView(context, actor),
      })),
    );
  });
};
