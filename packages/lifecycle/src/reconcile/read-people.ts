import type { Account, Forge, ObjectId, PullRequest } from '../ports/index.ts';
import type { DecidedTarget } from './plan-target.ts';
import { proposedVersion } from './promotion-requests.ts';
import { type AskedFor, approversInDoubt, isAskedFor, requestersOfProposal } from './requesters-of-proposal.ts';
import type { PeopleFacts, Provenance } from './types.ts';

export interface PeoplePorts {
  readonly forge: Forge;
  readonly defaultBranch: string;
}

/** A proposal of which it matters who asked for it, with the pull request whose approvals are looked at. */
interface Question extends AskedFor {
  readonly branch: string;
  readonly pullRequest: PullRequest | null;
}

function questionOf({ facts, decision, request }: DecidedTarget): readonly Question[] {
  const { tip, target } = facts;
  const { branch } = target;
  if (decision.kind === 'propose') {
    const { version, purpose, isAutomatic, requestedBy } = decision.wish;
    // made anew for somebody whose name no event has: the tip that it replaces tells who pushed it
    const head = isAutomatic || requestedBy !== null ? null : (tip?.commit ?? null);
    return [{ branch, purpose, version, request: { isAutomatic, requestedBy }, head, pullRequest: null }];
  }
  if (decision.kind !== 'keep' || tip === null) return [];
  const open = facts.pullRequests.find(({ pullRequest }) => pullRequest.state === 'open')?.pullRequest ?? null;
  const purpose = target.environment === 'archived' ? 'archive' : (request?.purpose ?? 'promote');
  const version = proposedVersion(facts, request, tip.text);
  const pullRequest = open?.head.commit === tip.commit ? open : null;
  return [{ branch, purpose, version, request, head: tip.commit, pullRequest }];
}

/** How a commit came to the default branch: by which merged pull requests, or by whose push. */
export async function readProvenance(commit: ObjectId, { forge, defaultBranch }: PeoplePorts): Promise<Provenance> {
  const found = await forge.pullRequests.find({ commit });
  const origins = found.filter(({ state, base }) => state === 'merged' && base === defaultBranch);
  const pusher = origins.length > 0 ? null : await forge.people.readPusher(commit, defaultBranch);
  return { origins, pusher };
}

async function readEach<T>(keys: readonly string[], read: (key: string) => Promise<T>): Promise<Record<string, T>> {
  const found: Record<string, T> = {};
  for (const key of new Set(keys)) found[key] = await read(key);
  return found;
}

/** Whether who wrote a version matters: of what somebody asked for that brings nothing new, only who asked does. */
function needsProvenance({ purpose, request, version }: Question): boolean {
  return version !== null && (purpose === 'promote' || !isAskedFor(request));
}

async function readProvenances(questions: readonly Question[], ports: PeoplePorts) {
  const commits = questions
    .filter(needsProvenance)
    .flatMap(({ version }) => (version === null ? [] : [version.record.registered.commit]));
  return readEach(commits, (commit) => readProvenance(commit, ports));
}

async function readPushers(
  questions: readonly Question[],
  { forge }: PeoplePorts,
): Promise<Record<string, Account | null>> {
  const branches = new Map(questions.flatMap(({ head, branch }) => (head === null ? [] : [[head, branch] as const])));
  return readEach([...branches.keys()], (head) => forge.people.readPusher(head, branches.get(head) ?? ''));
}

export async function readWritersAmong(logins: readonly string[], { forge }: PeoplePorts): Promise<readonly string[]> {
  const permissions = await readEach(logins, (login) => forge.people.readPermission(login));
  return Object.entries(permissions).flatMap(([login, permission]) =>
    permission === 'admin' || permission === 'write' ? [login] : [],
  );
}

function doubted(question: Question, people: PeopleFacts): readonly string[] {
  const { pullRequest } = question;
  return pullRequest === null ? [] : approversInDoubt(pullRequest, requestersOfProposal(question, people));
}

/**
 * What the forge knows of the people around what was decided, and no more: who wrote a version, who pushed what somebody
 * asked for, and, only of those whose approval would count, whether they may write. Who pushed what rule proposed is
 * asked once somebody's approval would count: a person behind a bot's name is nobody's second pair of eyes.
 */
export async function readPeople(decided: readonly DecidedTarget[], ports: PeoplePorts): Promise<PeopleFacts> {
  const questions = decided.flatMap(questionOf);
  const provenances = await readProvenances(questions, ports);
  const asked = await readPushers(
    questions.filter(({ request }) => isAskedFor(request)),
    ports,
  );
  const first = { provenances, pushers: asked, writers: [] };
  const approved = questions.filter((question) => doubted(question, first).length > 0);
  const pushers = {
    ...asked,
    ...(await readPushers(
      approved.filter(({ request }) => !isAskedFor(request)),
      ports,
    )),
  };
  const logins = approved.flatMap((question) => doubted(question, { ...first, pushers }));
  return { provenances, pushers, writers: await readWritersAmong(logins, ports) };
}
