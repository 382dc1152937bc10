import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { refusals } from '../refusals.ts';
import { type RefUpdate, shortName, swapRef } from './refs.ts';
import { refViolations } from './rulesets.ts';
import { type Told, tellUpdates } from './tell-updates.ts';
import { changesWorkflows } from './workflow-files.ts';

export const violationText = (violations: readonly string[]): string =>
  `Repository rule violations found\n\n${violations.join('\n\n')}\n\n`;

/** Rules that hold for every way to move a ref, but for merging a pull request. */
export async function refuseUpdate(
  context: Context,
  repository: Repository,
  who: Actor,
  update: RefUpdate,
): Promise<void> {
  if (await changesWorkflows(context.git(repository), who, update)) {
    const by = who.kind === 'user' ? 'personal access token' : 'integration';
    throw refusals.notAccessible(by, 'contents=write,workflows=write');
  }
  const violations = await refViolations(context, repository, update);
  if (violations.length > 0) throw refusals.unprocessable(violationText(violations));
  if (update.after === null && update.ref === `refs/heads/${repository.defaultBranch}`)
    throw refusals.unprocessable(`Cannot delete the default branch ${shortName(update.ref)}`);
}

/** Moves a ref as somebody, by compare-and-swap, and tells of it. `lost`: it was not at `before` any more. */
export async function moveRef(
  context: Context,
  repository: Repository,
  who: Actor,
  update: RefUpdate,
): Promise<'moved' | 'lost' | 'nested'> {
  await refuseUpdate(context, repository, who, update);
  return moveAllowedRef(context, repository, update, { actor: who.login });
}

/** The same where it was judged already: what a merge does. */
export async function moveAllowedRef(
  context: Context,
  repository: Repository,
  update: RefUpdate,
  told: Told,
): Promise<'moved' | 'lost' | 'nested'> {
  if (update.before === update.after) return 'moved';
  const answer = await swapRef(context.git(repository), update);
  if (answer === 'moved') await tellUpdates(context, repository, [update], told);
  return answer;
}
