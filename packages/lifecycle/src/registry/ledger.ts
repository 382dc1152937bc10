import {
  eventPath,
  type FormatProblem,
  type LedgerEvent,
  ledgerBranch,
  parseEvent,
  renderEvent,
} from '@model-gitops/registry';
import type { GitStore, Host, ObjectId } from '../ports/index.ts';
import { type Claim, claimPath, readClaims, renderClaim, type StandingClaim, standingClaim } from './claim-file.ts';
import type { Writer } from './ports.ts';
import { listFiles, readTexts, readTip } from './read-files.ts';
import { type Attempt, untilWritten } from './write-protocol.ts';

export const ledgerRef = `refs/heads/${ledgerBranch}`;

export interface LedgerPorts {
  readonly git: GitStore;
  readonly host: Host;
  readonly identity: Writer;
}

export interface Ledger {
  readonly head: ObjectId | null;
  readonly events: readonly LedgerEvent[];
  /** Files that this release cannot read: skipped and told, never guessed. */
  readonly problems: readonly FormatProblem[];
}

export interface Appended {
  /** Head of the ledger afterwards; null where nothing was ever written. */
  readonly head: ObjectId | null;
  readonly written: readonly LedgerEvent[];
  readonly alreadyThere: readonly LedgerEvent[];
  /** Those that stand, in the order asked. */
  readonly claims: readonly StandingClaim[];
}

/** Decides, on the ledger as it stands now, which events are still to be written. Called anew at each try. */
export type EventPlan = (head: ObjectId | null) => Promise<readonly LedgerEvent[]>;

/** The events below one model, or all of them, as of a head; of those whose file name is not wanted nothing is read. */
export async function readLedgerAt(
  git: GitStore,
  head: ObjectId | null,
  model: string | null,
  isWanted: (name: string) => boolean = () => true,
): Promise<Ledger> {
  if (head === null) return { head, events: [], problems: [] };
  const files = await listFiles(git, `${head}:${model ?? ''}`);
  const isEvent = (path: string) => path.endsWith('.json') && !/(^|\/)claims\//.test(path);
  const nameOf = (path: string) => path.slice(path.lastIndexOf('/') + 1);
  const events = files.filter(({ path }) => isEvent(path) && isWanted(nameOf(path)));
  const texts = await readTexts(
    git,
    events.map((file) => file.id),
  );
  const results = events.map((file) => parseEvent(texts.get(file.id) ?? ''));
  return {
    head,
    events: results.flatMap((result) => (result.ok ? [result.value] : [])),
    problems: results.flatMap((result) => (result.ok ? [] : result.problems)),
  };
}

/** The ledger as it stands now. */
export async function readLedger(git: GitStore, model: string | null): Promise<Ledger> {
  return readLedgerAt(git, await readTip(git, ledgerRef), model);
}

function latestDate(facts: readonly { readonly at: string }[]): string {
  return facts.map(({ at }) => at).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
}

function commitMessage(events: readonly LedgerEvent[]): string {
  const subject = events.length === 1 ? `${events[0]?.model}: ${events[0]?.id}` : `${events.length} events`;
  return `${subject}\n`;
}

async function writeFiles(
  { git, identity }: LedgerPorts,
  head: ObjectId | null,
  events: readonly LedgerEvent[],
  claims: readonly Claim[],
): Promise<ObjectId> {
  const written = events.map((event) => [eventPath(event), renderEvent(event)] as const);
  const claimed = claims.map((claim) => [claimPath(claim), renderClaim(claim)] as const);
  const date = latestDate(events.length > 0 ? events : claims);
  return git.writeObject({
    kind: 'commit',
    parents: head === null ? [] : [head],
    files: Object.fromEntries([...written, ...claimed]),
    message: events.length > 0 ? commitMessage(events) : `claim ${claims.map(({ key }) => key).join(', ')}\n`,
    author: { ...identity, date },
  });
}

/** What is to be appended in one commit. */
export interface Append {
  readonly plan: EventPlan;
  readonly claims: readonly Claim[];
  /** The head as the caller has just read it: the first try starts there, and the comparison tells whether it still holds. */
  seen: ObjectId | null | undefined;
  /** The claims may have been written although no answer said so. */
  isTried: boolean;
}

function isMissing<T>(all: readonly T[], found: readonly unknown[]): readonly T[] {
  return all.filter((_, index) => (found[index] ?? null) === null);
}

async function attemptAppend(append: Append, ports: LedgerPorts): Promise<Attempt<Appended>> {
  const { plan, claims: asked, seen } = append;
  const head = seen === undefined ? await readTip(ports.git, ledgerRef) : seen;
  append.seen = undefined;
  const events = await plan(head);
  const names = events.map((event) => `${head}:${eventPath(event)}`);
  const found = head === null || names.length === 0 ? [] : await ports.git.readObjects(names);
  const missing = isMissing(events, found);
  const alreadyThere = events.filter((event) => !missing.includes(event));
  const standing = await readClaims(ports.git, head, asked);
  const claims = asked.map((claim, index) => standingClaim(claim, standing[index] ?? null, append.isTried));
  const next = isMissing(asked, standing);
  if (missing.length + next.length === 0) return { done: { head, written: [], alreadyThere, claims } };
  const commit = await writeFiles(ports, head, missing, next);
  append.isTried = true;
  const answer = await ports.git.moveRef(ledgerRef, head, commit);
  return answer === 'moved' ? { done: { head: commit, written: missing, alreadyThere, claims } } : answer;
}

/** Appends by compare-and-swap, tried again from reading on. */
export function appendToLedger(append: Append, ports: LedgerPorts): Promise<Appended> {
  return untilWritten(ports.host, 'the ledger', () => attemptAppend(append, ports));
}

/**
 * Appends events in one commit, by compare-and-swap. A file of that name means "already done". Given a plan instead of
 * events, the plan is asked again on every new head: what another writer did meanwhile is taken into account. `seen` is
 * the head as the caller has just read it: the first try starts there, and the comparison tells whether it still holds.
 */
export function appendEvents(
  events: readonly LedgerEvent[] | EventPlan,
  ports: LedgerPorts,
  seen?: ObjectId | null,
): Promise<Appended> {
  const plan: EventPlan = typeof events === 'function' ? events : async () => events;
  return appendToLedger({ plan, claims: [], seen, isTried: false }, ports);
}
