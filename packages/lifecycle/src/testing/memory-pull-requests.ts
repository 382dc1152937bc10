import type { Account, Check, CommitObject, PullRequest, PullRequestQuery } from '../ports/index.ts';
import { changedFiles, compareCommits, contains, tipOf } from './memory-forge-git.ts';
import {
  accountByEmail,
  type ForgeState,
  type ForgeWorld,
  type PullRequestRecord,
  wholeSeconds,
} from './memory-forge-state.ts';
import { memoryGitStore } from './memory-git-store.ts';

/** The commit on the base that brought a head which somebody merged by Git; null while the base does not have it. */
async function findMerge({ repository }: ForgeWorld, base: string, head: string): Promise<CommitObject | null> {
  const tip = tipOf(repository, base);
  if (tip === null || !(await contains(repository, tip, head))) return null;
  const line = await memoryGitStore({ repository }).readHistory({ from: tip, path: '', firstParent: true });
  let found: CommitObject | null = null;
  for (const commit of line) {
    if (!(await contains(repository, commit.id, head))) break;
    found = commit;
  }
  return found;
}

/** Like GitHub: the head moves with its branch, a deleted branch closes, and a head that reached the base is merged. */
async function catchUp(world: ForgeWorld, record: PullRequestRecord): Promise<void> {
  if (record.state !== 'open') return;
  const tip = record.isFork ? record.head : tipOf(world.repository, record.branch);
  if (tip === null) {
    Object.assign(record, { state: 'closed', closedAt: wholeSeconds(world.host) });
    return;
  }
  record.head = tip;
  const merged = await findMerge(world, record.base, tip);
  if (merged === null) return;
  const by = world.state.pushes.find(({ after }) => after === merged.id)?.by ?? null;
  const at = wholeSeconds(world.host);
  const merge = { commit: merged.id, by, at };
  Object.assign(record, { state: 'merged', merge, closedAt: at, baseBeforeMerge: merged.parents[0] ?? null });
}

export async function catchUpAll(world: ForgeWorld): Promise<void> {
  for (const record of world.state.pullRequests) await catchUp(world, record);
}

function committersOf(state: ForgeState, commits: readonly CommitObject[]): readonly Account[] {
  const coAuthors = (message: string) =>
    [...message.matchAll(/^co-authored-by: .*<(.+)>$/gim)].map(([, email]) => email);
  const emails = commits.flatMap(({ author, committer, message }) => [
    author.email,
    committer.email,
    ...coAuthors(message),
  ]);
  const known = [...new Set(emails)].flatMap((email) => accountByEmail(state, email ?? '') ?? []);
  return known.filter(({ login }) => login !== 'web-flow');
}

/** The newest check of one poster on a head. */
function checkOn({ checks }: ForgeState, head: string, poster: string): Check | null {
  const found = checks.filter((check) => check.head === head && check.by === poster).at(-1);
  if (found === undefined) return null;
  const { by: _, ...check } = found;
  return check;
}

/** What the branches change against the base as it was before the merge. */
export async function differenceOf({ repository }: ForgeWorld, record: PullRequestRecord) {
  const base = record.baseBeforeMerge ?? tipOf(repository, record.base) ?? record.head;
  const { added, mergeBase } = await compareCommits(repository, base, record.head);
  return { added, mergeBase, files: changedFiles(repository, mergeBase, record.head) };
}

async function describePullRequest(world: ForgeWorld, record: PullRequestRecord, poster: string): Promise<PullRequest> {
  const { added, files } = await differenceOf(world, record);
  return {
    number: record.number,
    title: record.title,
    body: record.body,
    state: record.state,
    author: record.author,
    head: { branch: record.branch, commit: record.head, isFork: record.isFork },
    base: record.base,
    files: Object.keys(files),
    reviews: [...record.reviews],
    committers: committersOf(world.state, added),
    labels: [...record.labels],
    check: checkOn(world.state, record.head, poster),
    merge: record.merge,
    closedAt: record.closedAt,
    url: `https://github.com/acme/penguins/pull/${record.number}`,
  };
}

/** Those of one head branch that a find answers with; the github adapter asks for as many. */
const newestOfBranch = 5;

async function isBroughtBy(world: ForgeWorld, record: PullRequestRecord, commit: string): Promise<boolean> {
  if (record.merge === null) return false;
  if (record.merge.commit === commit) return true;
  return (await differenceOf(world, record)).added.some(({ id }) => id === commit);
}

async function select(world: ForgeWorld, query: PullRequestQuery): Promise<readonly PullRequestRecord[]> {
  const newestFirst = world.state.pullRequests.toSorted((a, b) => b.number - a.number);
  if ('number' in query) return newestFirst.filter(({ number }) => number === query.number);
  const isOpen = ({ state }: PullRequestRecord) => 'state' in query && state === 'open';
  if (!('commit' in query)) {
    const own = newestFirst.filter(({ isFork }) => !isFork);
    const ofBranch = (name: string) => own.filter(({ branch }) => branch === name).slice(0, newestOfBranch);
    const chosen = new Set((query.branches ?? []).flatMap(ofBranch));
    return newestFirst.filter((record) => isOpen(record) || chosen.has(record));
  }
  const brought = await Promise.all(newestFirst.map((record) => isBroughtBy(world, record, query.commit)));
  return newestFirst.filter((_, index) => brought[index]);
}

export async function findPullRequests(
  world: ForgeWorld,
  query: PullRequestQuery,
  poster: string,
): Promise<readonly PullRequest[]> {
  await catchUpAll(world);
  const records = await select(world, query);
  return Promise.all(records.map((record) => describePullRequest(world, record, poster)));
}
