import type { Comment, NewPullRequest, ObjectId } from '../ports/index.ts';
import { contains, tipOf } from './memory-forge-git.ts';
import { accountOf, type ForgeWorld, nextNumber, type PullRequestRecord, refused } from './memory-forge-state.ts';
import { catchUpAll } from './memory-pull-requests.ts';

export function findRecord({ state }: ForgeWorld, number: number): PullRequestRecord {
  const found = state.pullRequests.find((record) => record.number === number);
  if (found === undefined) throw refused(`There is no pull request ${number}.`);
  return found;
}

export function addRecord(
  { state }: ForgeWorld,
  login: string,
  request: NewPullRequest,
  head: { readonly head: ObjectId; readonly isFork: boolean },
): PullRequestRecord {
  const record: PullRequestRecord = {
    number: nextNumber(state),
    author: accountOf(state, login),
    branch: request.branch,
    base: request.base,
    title: request.title,
    body: request.body,
    state: 'open',
    baseBeforeMerge: null,
    merge: null,
    closedAt: null,
    labels: [...request.labels],
    reviews: [],
    ...head,
  };
  state.pullRequests.push(record);
  return record;
}

function isOpenFor(request: NewPullRequest, { state, isFork, branch, base }: PullRequestRecord): boolean {
  return state === 'open' && !isFork && branch === request.branch && base === request.base;
}

/** A branch that is missing or brings nothing opens nothing. */
export async function openFrom(world: ForgeWorld, login: string, request: NewPullRequest) {
  const { repository, state } = world;
  await catchUpAll(world);
  const [head, base] = [tipOf(repository, request.branch), tipOf(repository, request.base)];
  if (head === null || base === null)
    throw refused(`There is no branch ${head === null ? request.branch : request.base}.`);
  const isLevel = await contains(repository, base, head);
  // nothing is awaited from here on: of two who ask at once, one opens
  const open = state.pullRequests.find((record) => isOpenFor(request, record));
  if (open !== undefined) return { number: open.number, created: false };
  if (isLevel) throw refused(`No commits between ${request.base} and ${request.branch}.`);
  return { number: addRecord(world, login, request, { head, isFork: false }).number, created: true };
}

export function addComment({ state }: ForgeWorld, login: string, number: number, body: string): Comment {
  const comment = { id: nextNumber(state), author: accountOf(state, login), body };
  state.comments.push({ ...comment, number, reactions: new Set() });
  return comment;
}
