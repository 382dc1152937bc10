import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Repository } from '../records/repositories.ts';
import { moveAllowedRef, refuseUpdate } from './move-ref.ts';
import type { RefUpdate } from './refs.ts';
import { tellUpdates } from './tell-updates.ts';

const zero = '0'.repeat(40);

function instruction({ ref, before, after }: RefUpdate): string {
  if (after === null) return `delete ${ref} ${before ?? zero}\n`;
  return before === null ? `create ${ref} ${after}\n` : `update ${ref} ${after} ${before}\n`;
}

/** Moves several refs as one: all, or none. false: one was not where it was expected any more. */
export async function moveRefs(
  context: Context,
  repository: Repository,
  who: Actor,
  updates: readonly RefUpdate[],
): Promise<boolean> {
  for (const update of updates) await refuseUpdate(context, repository, who, update);
  const [first, second] = updates;
  const told = { actor: who.login };
  if (first === undefined) return true;
  if (second === undefined) return (await moveAllowedRef(context, repository, first, told)) === 'moved';
  const moving = updates.filter(({ before, after }) => before !== after);
  const input = `start\n${moving.map(instruction).join('')}prepare\ncommit\n`;
  const answer = await context.git(repository).run(['update-ref', '--stdin'], { input });
  if (answer.exitCode !== 0) return false;
  await tellUpdates(context, repository, moving, told);
  return true;
}
