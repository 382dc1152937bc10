import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { personOf, writeWebCommit } from '../objects/write.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { moveRef } from '../refs/move-ref.ts';
import { readBranch } from '../refs/refs.ts';
import { refusals } from '../refusals.ts';
import { requirePermission } from '../require-permission.ts';
import { isOpen } from './close.ts';
import { headRepository } from './head.ts';
import { isBehind } from './mergeability.ts';
import { mergeTree } from './three-way.ts';

/** Merges the base into the head branch, as somebody who may push there. */
export async function updateBranch(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  who: Actor,
  expected: string | undefined,
): Promise<void> {
  const from = headRepository(context, pull);
  if (from === null || !isOpen(context, repository, pull)) throw refusals.unprocessable('The head branch is gone.');
  requirePermission(from, who, { contents: 'write' });
  const before = pull.head.commit;
  if (expected !== undefined && expected !== before)
    throw refusals.unprocessable('expected head sha didn’t match current head ref.');
  const git = context.git(repository);
  const base = await readBranch(git, pull.base.branch);
  if (base === null || !(await isBehind(context, repository, pull)))
    throw refusals.unprocessable('There are no new commits on the base branch.');
  const tree = await mergeTree(git, before, base);
  if (tree === null) throw refusals.unprocessable('merge conflict between base and head');
  const message = `Merge branch '${pull.base.branch}' into ${pull.head.branch}`;
  const author = personOf(context, who.login);
  const after = await writeWebCommit(context, git, { tree, parents: [before, base], author, message });
  if (from.id !== repository.id)
    await context.git(from).text(['fetch', '--quiet', '--no-tags', repository.folder, after]);
  await moveRef(context, from, who, { ref: `refs/heads/${pull.head.branch}`, before, after });
}
