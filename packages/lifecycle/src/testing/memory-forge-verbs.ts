import type { Comment, NewPullRequest, ObjectId, Review } from '../ports/index.ts';
import { changedFiles, tipOf } from './memory-forge-git.ts';
import { addComment, addRecord, findRecord, openFrom } from './memory-forge-records.ts';
import {
  accountOf,
  type Dispatch,
  type ForgeWorld,
  type Permission,
  type PullRequestRecord,
  personOf,
  refused,
  wholeSeconds,
} from './memory-forge-state.ts';
import { memoryGitStore } from './memory-git-store.ts';
import { catchUpAll, differenceOf } from './memory-pull-requests.ts';

/** What tests do as people do it on the forge. */
export interface ForgeVerbs {
  addPerson(login: string, permission: Permission, email?: string): Promise<void>;
  /** A commit on a branch, which begins at the default branch where it is new. */
  push(
    login: string,
    branch: string,
    files: Readonly<Record<string, string | null>>,
    message?: string,
  ): Promise<ObjectId>;
  openAs(login: string, request: Omit<NewPullRequest, 'labels'>): Promise<number>;
  /** From another repository, whose branch lies on the tip of the base. */
  openFromFork(
    login: string,
    request: Omit<NewPullRequest, 'labels'> & { readonly files: Readonly<Record<string, string | null>> },
  ): Promise<number>;
  review(login: string, number: number, state: Review['state']): Promise<void>;
  /** Approves the head as it is now. */
  approve(login: string, number: number): Promise<void>;
  /** Merges with a merge commit, as `git merge --no-ff` does. Refuses what conflicts. */
  merge(login: string, number: number): Promise<ObjectId>;
  close(number: number): Promise<void>;
  comment(login: string, number: number, body: string): Promise<Comment>;
  reactionsOf(comment: number): Promise<readonly string[]>;
  /** What was started, in order. */
  dispatched(): Promise<readonly Dispatch[]>;
}

/** Writes a commit, moves the branch to it, and remembers who pushed. */
async function commitTo(
  { repository, host, state }: ForgeWorld,
  commit: {
    readonly login: string;
    readonly branch: string | null;
    readonly parents: readonly ObjectId[];
    readonly files: Readonly<Record<string, string | null>>;
    readonly message: string;
  },
): Promise<ObjectId> {
  const { login, branch, parents, files, message } = commit;
  const git = memoryGitStore({ repository });
  const author = { name: login, email: personOf(state, login).email, date: wholeSeconds(host) };
  const id = await git.writeObject({ kind: 'commit', parents, files, message, author });
  if (branch === null) return id;
  const before = tipOf(repository, branch);
  await git.moveRef(`refs/heads/${branch}`, before, id);
  state.pushes.push({ branch, before, after: id, by: accountOf(state, login) });
  return id;
}

async function mergeRecord(world: ForgeWorld, login: string, record: PullRequestRecord): Promise<ObjectId> {
  const base = tipOf(world.repository, record.base);
  if (record.state !== 'open' || base === null) throw refused(`The pull request ${record.number} is ${record.state}.`);
  const { files, mergeBase } = await differenceOf(world, record);
  const theirs = changedFiles(world.repository, mergeBase, base);
  const conflict = Object.keys(files).find((path) => path in theirs && theirs[path] !== files[path]);
  if (conflict !== undefined) throw refused(`The pull request ${record.number} conflicts in ${conflict}.`);
  const message = `Merge pull request #${record.number} from ${record.branch}\n\n${record.title}\n`;
  const { base: branch } = record;
  const commit = await commitTo(world, { login, branch, parents: [base, record.head], files, message });
  const at = wholeSeconds(world.host);
  const merge = { commit, by: accountOf(world.state, login), at };
  Object.assign(record, { state: 'merged', merge, closedAt: at, baseBeforeMerge: base });
  return commit;
}

/** What people do, on the state that the forge tells of. */
export function forgeVerbs(world: ForgeWorld, defaultBranch: string): ForgeVerbs {
  const { state, repository, host } = world;
  const review = async (login: string, number: number, verdict: Review['state']) => {
    await catchUpAll(world);
    const record = findRecord(world, number);
    if (verdict === 'approved' && record.author?.login === login) throw refused('Nobody approves what they opened.');
    record.reviews.push({
      author: accountOf(state, login),
      state: verdict,
      commit: record.head,
      at: wholeSeconds(host),
    });
  };
  return {
    async addPerson(login, permission, email = `${login}@example.com`) {
      state.people.set(login.toLowerCase(), { login, isBot: login.endsWith('[bot]'), permission, email });
    },
    push(login, branch, files, message = 'A change\n') {
      const tip = tipOf(repository, branch) ?? tipOf(repository, defaultBranch);
      return commitTo(world, { login, branch, parents: tip === null ? [] : [tip], files, message });
    },
    openAs: async (login, request) => (await openFrom(world, login, { ...request, labels: [] })).number,
    async openFromFork(login, { files, ...request }) {
      const tip = tipOf(repository, request.base);
      const parents = tip === null ? [] : [tip];
      const head = await commitTo(world, { login, branch: null, parents, files, message: `${request.title}\n` });
      return addRecord(world, login, { ...request, labels: [] }, { head, isFork: true }).number;
    },
    review,
    approve: (login, number) => review(login, number, 'approved'),
    async merge(login, number) {
      await catchUpAll(world);
      return mergeRecord(world, login, findRecord(world, number));
    },
    async close(number) {
      Object.assign(findRecord(world, number), { state: 'closed', closedAt: wholeSeconds(host) });
    },
    comment: async (login, number, body) => addComment(world, login, number, body),
    reactionsOf: async (comment) => [...(state.comments.find(({ id }) => id === comment)?.reactions ?? [])],
    dispatched: async () => [...state.dispatches],
  };
}
