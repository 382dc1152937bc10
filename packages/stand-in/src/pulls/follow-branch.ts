import type { Context } from '../context.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { isAncestor, type RefUpdate, readBranch, shortName } from '../refs/refs.ts';
import { rulesetsOf } from '../refs/rulesets.ts';
import { findRepositoryById } from '../state.ts';
import { closeUnmerged, isOpen, markMerged } from './close.ts';
import { fetchHead } from './head.ts';
import { forgetMergeable } from './mergeability.ts';
import { tellPullRequest, tellReview } from './tell.ts';

interface Followed {
  readonly context: Context;
  readonly repository: Repository;
  readonly update: RefUpdate;
  readonly actor: string;
}

function openPullRequests({ context }: Followed, isMeant: (pull: PullRequest) => boolean) {
  return context.state.pullRequests.flatMap((pull) => {
    const base = findRepositoryById(context.state, pull.repository);
    return base !== undefined && isMeant(pull) && isOpen(context, base, pull) ? [{ pull, base }] : [];
  });
}

/** Where a ruleset says so, approvals do not outlive the commit that they were given for. */
async function dismissStale({ context, actor }: Followed, base: Repository, pull: PullRequest): Promise<void> {
  const rulesets = rulesetsOf(context, base, `refs/heads/${pull.base.branch}`);
  if (!rulesets.some((ruleset) => ruleset.dismissStale)) return;
  const approvals = context.state.reviews.filter(
    (one) => one.repository === base.id && one.number === pull.number && one.state === 'APPROVED',
  );
  for (const review of approvals) {
    review.state = 'DISMISSED';
    await tellReview(context, base, pull, review, { action: 'dismissed', sender: actor });
  }
}

async function moveHead(followed: Followed, base: Repository, pull: PullRequest, after: string): Promise<void> {
  const { context, actor } = followed;
  const before = pull.head.commit;
  if (before === after) return;
  pull.head.commit = after;
  pull.base.commit = (await readBranch(context.git(base), pull.base.branch)) ?? pull.base.commit;
  forgetMergeable(pull);
  await fetchHead(context, base, pull);
  await dismissStale(followed, base, pull);
  await tellPullRequest(context, base, pull, { action: 'synchronize', sender: actor, more: { before, after } });
}

/** A push to the head branch moves the pull request on; deleting the branch closes it. */
async function followHead(followed: Followed): Promise<void> {
  const { context, repository, update, actor } = followed;
  const branch = shortName(update.ref);
  const meant = openPullRequests(followed, ({ head }) => head.repository === repository.id && head.branch === branch);
  for (const { pull, base } of meant) {
    if (update.after === null) await closeUnmerged(context, base, pull, actor);
    else await moveHead(followed, base, pull, update.after);
  }
}

/** The first commit on the base's own line that has the head below it. */
async function mergeCommitOf({ context, repository, update }: Followed, head: string): Promise<string> {
  const after = update.after ?? head;
  const git = context.git(repository);
  const range = update.before === null ? [after] : [after, `^${update.before}`];
  const text = await git.text(['rev-list', '--first-parent', '--reverse', ...range]);
  for (const id of text.split('\n')) if (await isAncestor(git, head, id)) return id;
  return after;
}

/** The base moved: what it now contains counts as merged, everything else is tried again. */
async function followBase(followed: Followed): Promise<void> {
  const { context, repository, update, actor } = followed;
  const { after } = update;
  const branch = shortName(update.ref);
  const meant = openPullRequests(followed, ({ base }) => base.branch === branch);
  for (const { pull, base } of meant) {
    if (base.id !== repository.id || after === null) continue;
    forgetMergeable(pull);
    if (!(await isAncestor(context.git(repository), pull.head.commit, after))) continue;
    markMerged(context, base, pull, { by: actor, commit: await mergeCommitOf(followed, pull.head.commit) });
    await tellPullRequest(context, base, pull, { action: 'closed', sender: actor });
  }
}

/** What a moved branch means for the pull requests that come from it or go into it. */
export async function followBranch(
  context: Context,
  repository: Repository,
  update: RefUpdate,
  actor: string,
): Promise<void> {
  const followed: Followed = { context, repository, update, actor };
  await followHead(followed);
  await followBase(followed);
}
