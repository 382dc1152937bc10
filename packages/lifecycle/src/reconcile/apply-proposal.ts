import type { ObjectId } from '../ports/index.ts';
import { proposalMessage } from '../registry/apply-change.ts';
import type { PullRequestWish, ReconciliationChange } from './changes.ts';
import type { ReconcilePorts } from './read-facts.ts';

type ChangeOf<K extends ReconciliationChange['kind']> = Extract<ReconciliationChange, { kind: K }>;
export type Propose = ChangeOf<'propose'>;

/** `again`: the forge has something that was not seen before, so it must be read anew. */
export type Answer = 'done' | 'again';

/** The commit that the branch has now; null: somebody else moved the branch. */
export async function writeProposal(change: Propose, { git, identity }: ReconcilePorts): Promise<ObjectId | null> {
  const { parent, path, text, tip, branch, date, isWritten } = change;
  if (isWritten) return tip;
  const author = { ...identity, date };
  const message = proposalMessage(change);
  const commit = await git.writeObject({ kind: 'commit', parents: [parent], files: { [path]: text }, message, author });
  if (commit === tip) return commit;
  return (await git.moveRef(`refs/heads/${branch}`, tip, commit)) === 'moved' ? commit : null;
}

interface Shown {
  readonly branch: string;
  readonly pullRequest: PullRequestWish;
}

/** The number of the pull request; null: one was there that was not seen before, so what it says must be read first. */
async function showPullRequest({ branch, pullRequest }: Shown, ports: ReconcilePorts): Promise<number | null> {
  const { pullRequests } = ports.forge;
  const { number, title, body, labels } = pullRequest;
  if (number !== null) {
    await pullRequests.edit(number, { title, body });
    return number;
  }
  const opened = await pullRequests.open({ branch, base: ports.defaultBranch, title, body, labels });
  return opened.created ? opened.number : null;
}

export type Shows = Propose | ChangeOf<'open-pull-request'>;

export function isShown(change: ReconciliationChange): change is Shows {
  return change.kind === 'propose' || change.kind === 'open-pull-request';
}

/** What people see of a head beside its check: its pull request, and a word to those who approved another one. */
export async function showProposal(change: Shows, ports: ReconcilePorts): Promise<Answer> {
  const number = await showPullRequest(change, ports);
  if (number === null) return 'again';
  const comment = change.kind === 'propose' ? change.comment : null;
  if (comment !== null) await ports.forge.comments.create(number, comment);
  return 'done';
}
