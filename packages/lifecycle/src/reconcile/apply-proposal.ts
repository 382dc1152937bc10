import type { ObjectId } from '../ports/index.ts';
import { requestedEvent, subjectOf } from '../registry/apply-change.ts';
import { claimWork } from '../registry/claims.ts';
import type { ReconcilePorts } from './read-facts.ts';
import type { PullRequestWish, ReconciliationChange } from './types.ts';

type ChangeOf<K extends ReconciliationChange['kind']> = Extract<ReconciliationChange, { kind: K }>;
type Propose = ChangeOf<'propose'>;

/** `again`: somebody else was quicker, or the forge has to be read anew. `theirs`: somebody else is doing it. */
export type Answer = 'done' | 'theirs' | 'again';

/** Whoever claims this makes the first check of a head, and its pull request. */
export function headClaim(model: string, head: ObjectId) {
  return { model, key: `check-${head}` };
}

/** The commit that the branch is to have; null: somebody else moved the branch. */
async function writeProposal(change: Propose, { git, identity }: ReconcilePorts): Promise<ObjectId | null> {
  const { parent, path, text, tip, branch, date } = change;
  if (change.isWritten) return tip;
  const message = `${subjectOf({ ...change, kind: 'open-promotion' })}\n`;
  const author = { ...identity, date };
  const commit = await git.writeObject({ kind: 'commit', parents: [parent], files: { [path]: text }, message, author });
  if (commit === tip) return commit;
  return (await git.moveRef(`refs/heads/${branch}`, tip, commit)) === 'moved' ? commit : null;
}

async function claimProposal(change: Propose, commit: ObjectId, ports: ReconcilePorts): Promise<boolean> {
  const { date, isAutomatic, requestedBy, model } = change;
  const event = requestedEvent({ ...change, kind: 'open-promotion' }, { id: commit, date }, requestedBy);
  const told = isAutomatic ? { ...event, isAutomatic } : event;
  return claimWork(headClaim(model, commit), ports, [told]);
}

interface Shown {
  readonly branch: string;
  readonly pullRequest: PullRequestWish;
}

/** The number of the pull request; null: one was there that was not seen before, so it must be read first. */
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

/** Commit, then event and claim, then pull request and check: whoever is stopped on the way is relieved by the next one. */
export async function applyProposal(change: Propose, ports: ReconcilePorts): Promise<Answer> {
  const commit = await writeProposal(change, ports);
  if (commit === null) return 'again';
  if (!(await claimProposal(change, commit, ports))) return 'theirs';
  const number = await showPullRequest(change, ports);
  await ports.forge.checks.post({ head: commit, ...change.check, current: null });
  if (number === null) return 'again';
  if (change.comment !== null) await ports.forge.comments.create(number, change.comment);
  return 'done';
}

/** The pull request of a commit that somebody asked for, or that was left behind. */
export async function applyOpening(change: ChangeOf<'open-pull-request'>, ports: ReconcilePorts): Promise<Answer> {
  const { head, model, check } = change;
  if (!(await claimWork(headClaim(model, head), ports))) return 'theirs';
  const number = await showPullRequest(change, ports);
  await ports.forge.checks.post({ head, ...check, current: null });
  return number === null ? 'again' : 'done';
}
