import { type Context, timeOf } from '../context.ts';
import { followBranch } from '../pulls/follow-branch.ts';
import type { Activity, Repository } from '../records/repositories.ts';
import { nextId } from '../state.ts';
import { pushPayload } from './push-event.ts';
import { isAncestor, type RefUpdate, shortName } from './refs.ts';

/** More tags than that in one push raise no event. */
const mostTags = 3;

export interface Told {
  /** Login. */
  readonly actor: string;
  readonly isMerge?: boolean;
}

async function kindOf(context: Context, repository: Repository, update: RefUpdate, { isMerge = false }: Told) {
  const { before, after } = update;
  if (before === null) return 'branch_creation';
  if (after === null) return 'branch_deletion';
  if (isMerge) return 'pr_merge';
  return (await isAncestor(context.git(repository), before, after)) ? 'push' : 'force_push';
}

async function recordActivity(context: Context, repository: Repository, update: RefUpdate, told: Told) {
  if (!update.ref.startsWith('refs/heads/')) return;
  const kind: Activity['kind'] = await kindOf(context, repository, update, told);
  const zero = '0'.repeat(40);
  const { ref, before, after } = update;
  const values = { ref, before: before ?? zero, after: after ?? zero };
  const id = nextId(context.state);
  const record = { id, repository: repository.id, ...values, actor: told.actor, kind, at: timeOf(context) };
  context.state.activities.push(record);
}

function tellName(context: Context, repository: Repository, { ref, before, after }: RefUpdate, sender: string): void {
  if (before !== null && after !== null) return;
  const named = { ref: shortName(ref), ref_type: ref.startsWith('refs/tags/') ? 'tag' : 'branch', pusher_type: 'user' };
  const created = { ...named, master_branch: repository.defaultBranch, description: null };
  const event = before === null ? { name: 'create', payload: created } : { name: 'delete', payload: named };
  context.emit({ ...event, action: null, repository, sender });
}

async function tellUpdate(context: Context, repository: Repository, update: RefUpdate, told: Told): Promise<void> {
  tellName(context, repository, update, told.actor);
  const payload = await pushPayload(context, repository, told.actor, update);
  context.emit({ name: 'push', action: null, repository, sender: told.actor, payload });
}

/** After refs have moved: activity, events, and the pull requests that hang on them. */
export async function tellUpdates(
  context: Context,
  repository: Repository,
  updates: readonly RefUpdate[],
  told: Told,
): Promise<void> {
  const isTag = ({ ref }: RefUpdate) => ref.startsWith('refs/tags/');
  const isSilent = updates.filter(isTag).length > mostTags;
  repository.pushedAt = timeOf(context);
  for (const update of updates) {
    await recordActivity(context, repository, update, told);
    if (!(isTag(update) && isSilent)) await tellUpdate(context, repository, update, told);
    if (update.ref.startsWith('refs/heads/')) await followBranch(context, repository, update, told.actor);
  }
}
