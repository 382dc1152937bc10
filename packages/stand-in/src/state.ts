import type { CheckRun, CheckSuite, Status } from './records/checks.ts';
import type { Comment, Label, Reaction } from './records/discussions.ts';
import type { App, Installation, Token, User } from './records/people.ts';
import type { Issue, PullRequest, Review } from './records/pull-requests.ts';
import type { Asset, Release } from './records/releases.ts';
import type { Activity, Repository, Ruleset } from './records/repositories.ts';
import type { Delivery, Dispatch, Hook } from './records/webhooks.ts';

/** Everything that is not in Git: tables of plain records, in the order of their making. */
export interface State {
  readonly users: User[];
  readonly tokens: Token[];
  readonly apps: App[];
  readonly installations: Installation[];
  readonly repositories: Repository[];
  readonly rulesets: Ruleset[];
  readonly activities: Activity[];
  readonly issues: Issue[];
  readonly pullRequests: PullRequest[];
  readonly reviews: Review[];
  readonly comments: Comment[];
  readonly reactions: Reaction[];
  readonly labels: Label[];
  readonly checkSuites: CheckSuite[];
  readonly checkRuns: CheckRun[];
  readonly statuses: Status[];
  readonly releases: Release[];
  readonly assets: Asset[];
  readonly hooks: Hook[];
  readonly deliveries: Delivery[];
  readonly dispatches: Dispatch[];
  /** One counter for ids of every kind. */
  lastId: number;
}

export function emptyState(): State {
  return {
    users: [],
    tokens: [],
    apps: [],
    installations: [],
    repositories: [],
    rulesets: [],
    activities: [],
    issues: [],
    pullRequests: [],
    reviews: [],
    comments: [],
    reactions: [],
    labels: [],
    checkSuites: [],
    checkRuns: [],
    statuses: [],
    releases: [],
    assets: [],
    hooks: [],
    deliveries: [],
    dispatches: [],
    lastId: 1000,
  };
}

export function nextId(state: State): number {
  state.lastId += 1;
  return state.lastId;
}

const secrets = new Set(['text', 'webhookSecret', 'secret', 'publicKey']);
const secretsOf = (table: string) => (table === 'checkRuns' ? new Set<string>() : secrets);

/** The tables as JSON, without what opens a door: tokens, keys and webhook secrets. */
export function dumpState(state: State): Record<string, unknown> {
  const tables = Object.entries(state).filter(([, records]) => Array.isArray(records));
  return Object.fromEntries(
    tables.map(([table, records]: [string, object[]]) => [
      table,
      records.map((record) => Object.fromEntries(Object.entries(record).filter(([key]) => !secretsOf(table).has(key)))),
    ]),
  );
}

/** Logins and names of repositories do not tell cases apart. */
export const isSameName = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

export function findUser(state: State, login: string): User | undefined {
  return state.users.find((user) => isSameName(user.login, login));
}

export function findRepository(state: State, owner: string, name: string): Repository | undefined {
  return state.repositories.find((one) => isSameName(one.owner, owner) && isSameName(one.name, name));
}

export function findRepositoryById(state: State, id: number): Repository | undefined {
  return state.repositories.find((one) => one.id === id);
}

/** An issue or a pull request of a repository. */
export function findIssue(state: State, repository: Repository, number: number): Issue | undefined {
  return state.issues.find((issue) => issue.repository === repository.id && issue.number === number);
}

export function findPullRequest(state: State, repository: Repository, number: number): PullRequest | undefined {
  return state.pullRequests.find((one) => one.repository === repository.id && one.number === number);
}
