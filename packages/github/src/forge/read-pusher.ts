import type { Account, ObjectId } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import { accountOfUser, type UserFields } from './accounts.ts';

/** One move of a branch. */
interface Move {
  readonly before: ObjectId;
  readonly after: ObjectId;
  readonly actor: UserFields | null;
}

const nothing = /^0+$/;

/** Whether a commit is part of what a branch held at a tip. Only what GitHub says for sure counts. */
async function contains(client: ForgeClient, tip: ObjectId, commit: ObjectId): Promise<boolean> {
  if (nothing.test(tip)) return false;
  if (tip === commit) return true;
  try {
    const { data } = await client.request('GET /repos/{owner}/{repo}/compare/{basehead}', {
      basehead: `${commit}...${tip}`,
      per_page: 1,
    });
    return data.status === 'ahead' || data.status === 'identical';
  } catch (thrown) {
    if (failureOf(thrown)?.kind === 'not-found') return false;
    throw thrown;
  }
}

/** The oldest of the moves, newest first, after which the commit was there; null where none of them held it. */
async function findOldest(client: ForgeClient, moves: readonly Move[], commit: ObjectId): Promise<Move | null> {
  let [low, high] = [0, moves.length - 1];
  let found: Move | null = null;
  while (low <= high) {
    const middle = Math.floor((low + high) / 2);
    const move = moves[middle];
    if (move === undefined) break;
    if (await contains(client, move.after, commit)) {
      found = move;
      low = middle + 1;
    } else high = middle - 1;
  }
  return found;
}

function nextAddress(link: string | number | undefined): string | null {
  return /<([^>]+)>;\s*rel="next"/.exec(String(link ?? ''))?.[1] ?? null;
}

/**
 * Who moved a branch so that it held a commit. The moves of a branch that only grew are ordered: a search by halves asks
 * few questions. Where the branch was rewritten the answer is checked, and no answer is given rather than a wrong one.
 */
export async function readPusher(client: ForgeClient, commit: ObjectId, branch: string): Promise<Account | null> {
  const route = 'GET /repos/{owner}/{repo}/activity';
  let answer = await client.request(route, { ref: `refs/heads/${branch}`, per_page: 100 });
  for (;;) {
    const moves: readonly Move[] = answer.data;
    const exact = moves.find(({ after }) => after === commit);
    const found = exact ?? (await findOldest(client, moves, commit));
    if (found === null) return null;
    if (!(await contains(client, found.before, commit))) return accountOfUser(found.actor);
    const next = found === moves.at(-1) ? nextAddress(answer.headers.link) : null;
    if (next === null) return null;
    answer = (await client.request(`GET ${next}`)) as typeof answer;
  }
}
