import { type Context, secondsOf } from '../context.ts';
import type { Git } from '../git.ts';
import { type Person, readCommit } from '../objects/parse.ts';
import { findUserByEmail } from '../people.ts';
import type { Repository } from '../records/repositories.ts';
import { findUser } from '../state.ts';
import { shownMessage } from '../views/git-objects.ts';
import { repositoryPage } from '../views/schema.ts';
import { type CommitChanges, listChanges } from './list-changes.ts';
import { isAncestor, listRefs, type RefUpdate, shortName } from './refs.ts';

const zero = '0'.repeat(40);
/** As many as one event tells. */
const mostCommits = 2048;

function personOf(context: Context, { name, email, date }: Person) {
  const username = findUserByEmail(context, email)?.login;
  return { name, email, date, ...(username === undefined ? {} : { username }) };
}

async function commitOf(context: Context, repository: Repository, changes: CommitChanges) {
  const commit = await readCommit(context.git(repository), changes.id);
  if (commit === null) throw new Error(`commit ${changes.id} is gone`);
  return {
    id: commit.id,
    tree_id: commit.tree,
    distinct: true,
    message: shownMessage(commit.message),
    timestamp: commit.committer.date,
    url: `${repositoryPage(context, repository)}/commit/${commit.id}`,
    author: personOf(context, commit.author),
    committer: personOf(context, commit.committer),
    added: [...changes.added],
    removed: [...changes.removed],
    modified: [...changes.modified],
  };
}

/** A new branch brings what no other branch has. */
async function rangeOf(git: Git, { ref, before, after }: RefUpdate): Promise<string[]> {
  if (after === null) return [];
  if (before !== null) return [after, `^${before}`];
  if (ref.startsWith('refs/tags/')) return [];
  const others = (await listRefs(git, 'refs/heads/')).filter(({ name }) => name !== ref);
  return [after, ...others.map(({ id }) => `^${id}`)];
}

/** Payload of `push`, without repository and sender. */
export async function pushPayload(context: Context, repository: Repository, pusher: string, update: RefUpdate) {
  const git = context.git(repository);
  const { ref, before, after } = update;
  const range = await rangeOf(git, update);
  const changes = range.length === 0 ? [] : await listChanges(git, range, mostCommits);
  const tip = after === null ? [] : await listChanges(git, ['-1', after], 1);
  const commits = await Promise.all(changes.map((change) => commitOf(context, repository, change)));
  const [head = null] = await Promise.all(tip.map((change) => commitOf(context, repository, change)));
  const isForced = before !== null && after !== null && !(await isAncestor(git, before, after));
  const from = (before ?? zero).slice(0, 12);
  const path =
    before === null || after === null ? `compare/${shortName(ref)}` : `compare/${from}...${after.slice(0, 12)}`;
  return {
    ref,
    before: before ?? zero,
    after: after ?? zero,
    base_ref: null,
    created: before === null,
    deleted: after === null,
    forced: isForced,
    compare: `${repositoryPage(context, repository)}/${path}`,
    commits,
    head_commit: head,
    pusher: {
      name: pusher,
      email: findUser(context.state, pusher)?.email ?? null,
      date: secondsOf(context.clock.now()),
    },
  };
}
