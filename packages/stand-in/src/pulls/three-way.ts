import type { Context } from '../context.ts';
import type { Git } from '../git.ts';
import { type Commit, readCommit } from '../objects/parse.ts';
import { writeCommit } from '../objects/write.ts';

/** The tree of a three-way merge; null where both sides changed the same. */
export async function mergeTree(git: Git, ours: string, theirs: string): Promise<string | null> {
  const answer = await git.run(['merge-tree', '--write-tree', '--no-messages', ours, theirs]);
  return answer.exitCode === 0 ? answer.stdout.toString('utf8').trim() : null;
}

const nobody = { name: 'merge', email: 'merge@localhost', date: '1970-01-01T00:00:00Z' };

/**
 * What one commit changes, laid over another: a merge whose common ancestor is the commit's parent. To say so, the
 * target's tree stands in a commit below that parent, which no ref ever names.
 */
export async function pickTree(context: Context, git: Git, commit: Commit, onto: string): Promise<string | null> {
  const [parent] = commit.parents;
  const target = await readCommit(git, onto);
  if (parent === undefined || target === null) return null;
  const plain = { tree: target.tree, parents: [parent], author: nobody, committer: nobody, message: '' };
  const beside = await writeCommit(context, git, { ...plain, isSigned: false });
  return mergeTree(git, beside, commit.id);
}

/** Commits of the head that the base lacks, oldest first, without merges. */
export async function listOwnCommits(git: Git, base: string, head: string, isWithMerges = true): Promise<string[]> {
  const how = isWithMerges ? [] : ['--no-merges'];
  const text = await git.text(['rev-list', '--reverse', '--topo-order', ...how, head, `^${base}`]);
  return text.split('\n').filter((id) => id !== '');
}
