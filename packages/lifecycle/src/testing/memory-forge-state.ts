import type { Account, Check, Comment, Host, ObjectId, PullRequest, Review } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { MemoryRepository } from './memory-git-store.ts';

export type Permission = 'admin' | 'write' | 'read' | 'none';

export interface Person extends Account {
  readonly permission: Permission;
  /** How the forge finds the account of a commit. */
  readonly email: string;
}

/** What is remembered of a pull request; the rest is computed from the branches each time that somebody asks. */
export interface PullRequestRecord {
  readonly number: number;
  readonly author: Account | null;
  readonly branch: string;
  readonly base: string;
  readonly isFork: boolean;
  title: string;
  body: string;
  state: 'open' | 'closed' | 'merged';
  /** The branch's tip as long as the pull request is open; then what it was. */
  head: ObjectId;
  /** Tip of the base before the merge; null until then. */
  baseBeforeMerge: ObjectId | null;
  merge: PullRequest['merge'];
  closedAt: string | null;
  readonly labels: string[];
  readonly reviews: Review[];
}

/** Check runs of one app, or the commit statuses. */
interface PostedCheck extends Check {
  readonly by: string;
}

export interface PostedComment extends Comment {
  readonly number: number;
  readonly reactions: Set<string>;
}

interface Push {
  readonly branch: string;
  readonly before: ObjectId | null;
  readonly after: ObjectId;
  readonly by: Account;
}

export interface Dispatch {
  readonly workflow: string;
  readonly branch: string;
  readonly inputs: Readonly<Record<string, string>>;
}

/** Everything of a forge that is not Git. Several forges (two apps, an app and an action) may look at one. */
export interface ForgeState {
  readonly people: Map<string, Person>;
  readonly pullRequests: PullRequestRecord[];
  readonly checks: PostedCheck[];
  readonly comments: PostedComment[];
  readonly pushes: Push[];
  readonly dispatches: Dispatch[];
  /** The next number of an issue, a pull request, a check or a comment. */
  next: number;
}

export interface ForgeWorld {
  readonly repository: MemoryRepository;
  readonly host: Host;
  readonly state: ForgeState;
}

export function forgeState(): ForgeState {
  return { people: new Map(), pullRequests: [], checks: [], comments: [], pushes: [], dispatches: [], next: 1 };
}

export function nextNumber(state: ForgeState): number {
  state.next += 1;
  return state.next - 1;
}

export function wholeSeconds(host: Host): string {
  return `${host.now().toISOString().slice(0, 19)}Z`;
}

/** The account behind a login; who was never introduced is a person without any right. */
export function personOf({ people }: ForgeState, login: string): Person {
  const isBot = login.endsWith('[bot]');
  return people.get(login.toLowerCase()) ?? { login, isBot, permission: 'none', email: `${login}@example.com` };
}

export function accountOf(state: ForgeState, login: string): Account {
  const person = personOf(state, login);
  return { login: person.login, isBot: person.isBot };
}

export function accountByEmail({ people }: ForgeState, email: string): Account | null {
  const found = [...people.values()].find((person) => person.email === email);
  return found === undefined ? null : { login: found.login, isBot: found.isBot };
}

export function refused(message: string): ProblemError {
  return new ProblemError({ code: 'forge-refused', message, remedy: 'Ask for something that is possible.' });
}
