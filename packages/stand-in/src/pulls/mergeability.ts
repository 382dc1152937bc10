import type { Context } from '../context.ts';
import { readCommit } from '../objects/parse.ts';
import { webFlowPerson, writeCommit } from '../objects/write.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { readBranch } from '../refs/refs.ts';
import { mergeTree } from './three-way.ts';

/** Tries the merge and remembers whether it works, as long as neither side moved meanwhile. */
export async function computeMergeable(context: Context, repository: Repository, pull: PullRequest): Promise<void> {
  if (pull.mergeable !== null || pull.merged !== null) return;
  const git = context.git(repository);
  const head = pull.head.commit;
  const base = await readBranch(git, pull.base.branch);
  if (base === null) return;
  const tree = await mergeTree(git, base, head);
  const person = webFlowPerson(context);
  const plain = { parents: [base, head], author: person, committer: person, isSigned: true };
  const commit =
    tree === null ? null : await writeCommit(context, git, { ...plain, tree, message: `Merge ${head} into ${base}` });
  if (pull.head.commit !== head || pull.merged !== null || (await readBranch(git, pull.base.branch)) !== base) return;
  pull.mergeable = tree !== null;
  pull.mergeCommit = commit;
  if (commit !== null) await git.text(['update-ref', `refs/pull/${pull.number}/merge`, commit]);
}

/** The head or the base moved: GitHub answers null until it has tried again. */
export function forgetMergeable(pull: PullRequest): void {
  pull.mergeable = null;
  if (pull.merged === null) pull.mergeCommit = null;
}

/** Whether the commit that a pull request would be merged onto is below its head. */
export async function isBehind(context: Context, repository: Repository, pull: PullRequest): Promise<boolean> {
  const git = context.git(repository);
  const base = await readBranch(git, pull.base.branch);
  const head = await readCommit(git, pull.head.commit);
  if (base === null || head === null) return false;
  return (await git.run(['merge-base', '--is-ancestor', base, head.id])).exitCode !== 0;
}
