import type { Actor } from '../actor.ts';
import type { Git } from '../git.ts';
import { listRefs, type RefUpdate } from './refs.ts';

export const workflowFolder = '.github/workflows';

/** What no job's token can have. */
export const mayWriteWorkflows = ({ kind, permissions }: Actor): boolean =>
  kind !== 'workflow' && (permissions === null || permissions.workflows === 'write');

/**
 * Without the permission `workflows` a ref may only lead to workflow files that some
 * branch has already, or to none.
 */
export async function changesWorkflows(git: Git, who: Actor, { after }: RefUpdate): Promise<boolean> {
  if (after === null || mayWriteWorkflows(who)) return false;
  const target = await git.read(`${after}:${workflowFolder}`);
  if (target === null) return false;
  for (const { id } of await listRefs(git, 'refs/heads/')) {
    if ((await git.read(`${id}:${workflowFolder}`))?.id === target.id) return false;
  }
  return true;
}
