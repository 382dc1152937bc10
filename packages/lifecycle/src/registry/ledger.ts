import {
  eventPath,
  type FormatProblem,
  type LedgerEvent,
  ledgerBranch,
  parseEvent,
  renderEvent,
} from '@model-gitops/registry';
import type { GitStore, Host, ObjectId } from '../ports/index.ts';
import { type Claim, claimPath, readClaim, renderClaim } from './claim-file.ts';
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
  /** The claim that stands; null where none was made. */
  readonly claim: { readonly at: string; readonly isOurs: boolean } | null;
}

/** Decides, on the ledger as it stands now, which events are still to be written. Called anew at each try. */
export type EventPlan = (head: ObjectId | null) => Promise<readonly LedgerEvent[]>;

/** The events below one model, or all of them, as of a head. */
export async function readLedgerAt(git: GitStore, head: ObjectId | null, model: string | null): Promise<Ledger> {
  if (head === null) return { head, events: [], problems: [] };
  const files = await listFiles(git, `${head}:${model ?? ''}`);
  const events = files.filter((file) => file.path.endsWith('.json') && !/(^|\/)claims\//.test(file.path));
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

function latestDate(events: readonly LedgerEvent[]): string {
  return events.map((event) => event.at).reduce((a, b) => (Date.parse(a) > Date.parse(b) ? a : b));
}

function commitMessage(events: readonly LedgerEvent[]): string {
  const subject = events.length === 1 ? `${events[0]?.model}: ${events[0]?.id}` : `${events.length} events`;
  return `${subject}\n`;
}

async function writeFiles(
  { git, identity }: LedgerPorts,
  head: ObjectId | null,
  events: readonly LedgerEvent[],
  claim: Claim | null,
): Promise<ObjectId> {
  const written = events.map((event) => [eventPath(event), renderEvent(event)] as const);
  const claimed = claim === null ? [] : [[claimPath(claim), renderClaim(claim)] as const];
  const date = events.length === 0 && claim !== null ? claim.at : latestDate(events);
  return git.writeObject({
    kind: 'commit',
    parents: head === null ? [] : [head],
    files: Object.fromEntries([...written, ...claimed]),
    message: events.length === 0 ? `claim ${claim?.key}\n` : commitMessage(events),
    author: { ...identity, date },
  });
}

/** What is to be appended in one commit. */
export interface Append {
  readonly plan: EventPlan;
  /** null: none is made. */
  readonly claim: Claim | null;
  /** The head as the caller has just read it: the first try starts there, and the comparison tells whether it still holds. */
  seen: ObjectId | null | undefined;
  /** The claim may have been written although no answer said so. */
  isTried: boolean;
}

async function attemptAppend(append: Append, ports: LedgerPorts): Promise<Attempt<Appended>> {
  const { plan, claim, seen } = append;
  const head = seen === undefined ? await readTip(ports.git, ledgerRef) : seen;
  append.seen = undefined;
  const events = await plan(head);
  const found = head === null ? [] : await ports.git.readObjects(events.map((event) => `${head}:${eventPath(event)}`));
  const missing = events.filter((_, index) => (found[index] ?? null) === null);
  const alreadyThere = events.filter((event) => !missing.includes(event));
  const standing = claim === null ? null : await readClaim(ports.git, head, claim);
  const isOurs = standing === null || (append.isTried && standing.by === claim?.by);
  const told = claim === null ? null : { at: (standing ?? claim).at, isOurs };
  const next = standing === null ? claim : null;
  if (missing.length === 0 && next === null) return { done: { head, written: [], alreadyThere, claim: told } };
  const commit = await writeFiles(ports, head, missing, next);
  append.isTried = true;
  const answer = await ports.git.moveRef(ledgerRef, head, commit);
  return answer === 'moved' ? { done: { head: commit, written: missing, alreadyThere, claim: told } } : answer;
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
  return appendToLedger({ plan, claim: null, seen, isTried: false }, ports);
}
