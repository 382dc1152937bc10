import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import type { Git } from '../git.ts';
import { type Commit, readCommit } from '../objects/parse.ts';
import { personOf, writeCommit, writeWebCommit } from '../objects/write.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { violationText } from '../refs/move-ref.ts';
import { readBranch, swapRef } from '../refs/refs.ts';
import { tellUpdates } from '../refs/tell-updates.ts';
import { refusals } from '../refusals.ts';
import { shownMessage } from '../views/git-objects.ts';
import { issueOf } from '../views/pull-request.ts';
import { isOpen, markMerged } from './close.ts';
import { mergeViolations } from './merge-rules.ts';
import { tellPullRequest } from './tell.ts';
import { listOwnCommits, mergeTree, pickTree } from './three-way.ts';

type MergeMethod = 'merge' | 'squash' | 'rebase';

export interface MergeRequest {
  readonly method: MergeMethod;
  /** The head that the asker saw. */
  readonly sha?: string | undefined;
  readonly title?: string | undefined;
  readonly message?: string | undefined;
}

interface Merging {
  readonly context: Context;
  readonly repository: Repository;
  readonly git: Git;
  readonly pull: PullRequest;
  readonly who: Actor;
  readonly asked: MergeRequest;
  readonly base: string;
  readonly head: string;
}

const notMergeable = () => refusals.notMergeable('Pull Request is not mergeable');

function refuseMerge(context: Context, repository: Repository, pull: PullRequest, asked: MergeRequest): void {
  if (pull.merged !== null || !isOpen(context, repository, pull)) throw notMergeable();
  if (pull.isDraft) throw refusals.notMergeable('Pull Request is still a draft');
  if (asked.sha !== undefined && asked.sha !== pull.head.commit)
    throw refusals.conflict('Head branch was modified. Review and try the merge again.');
  const violations = mergeViolations(context, repository, pull);
  if (violations.length > 0) throw refusals.notMergeable(violationText(violations));
}

const textOf = (title: string, message: string) => (message === '' ? title : `${title}\n\n${message}`);

async function makeMerge({ context, repository, git, pull, who, asked, base, head }: Merging): Promise<string> {
  const tree = await mergeTree(git, base, head);
  if (tree === null) throw notMergeable();
  const title = asked.title ?? `Merge pull request #${pull.number} from ${pull.head.label.replace(':', '/')}`;
  const message = textOf(title, asked.message ?? issueOf(context, repository, pull).title);
  const author = personOf(context, who.login);
  return writeWebCommit(context, git, { tree, parents: [base, head], author, message });
}

async function squashMessage({ context, repository, git, pull, base, head }: Merging): Promise<string> {
  const ids = await listOwnCommits(git, base, head, false);
  const commits = await Promise.all(ids.map((id) => readCommit(git, id)));
  const messages = commits.flatMap((commit) => (commit === null ? [] : [shownMessage(commit.message)]));
  const { title } = issueOf(context, repository, pull);
  if (messages.length !== 1)
    return textOf(`${title} (#${pull.number})`, messages.map((text) => `* ${text}`).join('\n\n'));
  const [first = title, ...rest] = messages[0]?.split('\n\n') ?? [];
  return textOf(`${first} (#${pull.number})`, rest.join('\n\n'));
}

async function makeSquash(merging: Merging): Promise<string> {
  const { context, repository, git, pull, asked, base, head } = merging;
  const tree = await mergeTree(git, base, head);
  if (tree === null) throw notMergeable();
  const message = asked.title === undefined ? await squashMessage(merging) : textOf(asked.title, asked.message ?? '');
  const author = personOf(context, issueOf(context, repository, pull).author);
  return writeWebCommit(context, git, { tree, parents: [base], author, message });
}

async function pick({ context, git, who }: Merging, commit: Commit, onto: string): Promise<string> {
  const tree = await pickTree(context, git, commit, onto);
  if (tree === null) throw notMergeable();
  const { author, message } = commit;
  const committer = personOf(context, who.login);
  return writeCommit(context, git, { tree, parents: [onto], author, committer, message, isSigned: false });
}

async function makeRebase(merging: Merging): Promise<string> {
  const { git, base, head } = merging;
  let tip = base;
  for (const id of await listOwnCommits(git, base, head, false)) {
    const commit = await readCommit(git, id);
    if (commit !== null) tip = await pick(merging, commit, tip);
  }
  return tip;
}

const methods: Readonly<Record<MergeMethod, (merging: Merging) => Promise<string>>> = {
  merge: makeMerge,
  squash: makeSquash,
  rebase: makeRebase,
};

/** Merges as somebody, onto the base as it is now; answers the commit that the base then holds. */
export async function mergePullRequest(
  context: Context,
  repository: Repository,
  pull: PullRequest,
  who: Actor,
  asked: MergeRequest,
): Promise<string> {
  refuseMerge(context, repository, pull, asked);
  const git = context.git(repository);
  const base = await readBranch(git, pull.base.branch);
  if (base === null) throw notMergeable();
  const head = pull.head.commit;
  const commit = await methods[asked.method]({ context, repository, git, pull, who, asked, base, head });
  // what was true at the start must still be true where the branch moves
  refuseMerge(context, repository, pull, { ...asked, sha: head });
  const update = { ref: `refs/heads/${pull.base.branch}`, before: base, after: commit };
  if ((await swapRef(git, update)) !== 'moved') {
    if (pull.merged !== null) throw notMergeable();
    throw refusals.notMergeable('Base branch was modified. Review and try the merge again.');
  }
  markMerged(context, repository, pull, { by: who.login, commit });
  await tellUpdates(context, repository, [update], { actor: who.login, isMerge: true });
  await tellPullRequest(context, repository, pull, { action: 'closed', sender: who.login });
  return commit;
}
