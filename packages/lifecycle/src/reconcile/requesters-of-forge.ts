import type { Forge, ObjectId, PullRequest } from '../ports/index.ts';
import { type RequestFacts, requestersOf } from './requesters.ts';
import type { Purpose } from './types.ts';

export interface RequestQuestion {
  readonly purpose: Purpose;
  readonly sender: string | null;
  /** At which the proposed version was registered; null: unknown. */
  readonly registeredCommit: ObjectId | null;
}

export interface ForgePorts {
  readonly forge: Forge;
  readonly defaultBranch: string;
}

async function readRequestFacts(
  { purpose, sender, registeredCommit: commit }: RequestQuestion,
  { forge, defaultBranch }: ForgePorts,
): Promise<RequestFacts> {
  if (commit === null) return { purpose, sender, origins: [], pusher: null };
  const found = await forge.pullRequests.find({ commit });
  const origins = found.filter(({ state, base }) => state === 'merged' && base === defaultBranch);
  const pusher = origins.length > 0 ? null : await forge.people.readPusher(commit, defaultBranch);
  return { purpose, sender, origins, pusher };
}

/** Who may not approve, as the forge recorded it; null: it does not say. */
export async function readRequesters(question: RequestQuestion, ports: ForgePorts): Promise<readonly string[] | null> {
  return requestersOf(await readRequestFacts(question, ports));
}

/** Which people that approved the head may write here. Nobody else is asked about. */
export async function readWriters(
  { reviews, head }: Pick<PullRequest, 'reviews' | 'head'>,
  forge: Forge,
): Promise<readonly string[]> {
  const approvers = reviews.flatMap(({ author, state, commit }) =>
    author !== null && !author.isBot && state === 'approved' && commit === head.commit ? [author.login] : [],
  );
  const writers: string[] = [];
  for (const login of new Set(approvers)) {
    const permission = await forge.people.readPermission(login);
    if (permission === 'admin' || permission === 'write') writers.push(login);
  }
  return writers;
}
