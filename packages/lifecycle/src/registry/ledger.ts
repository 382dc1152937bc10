import {
  canonicalJson,
  eventPath,
  type FormatProblem,
  type LedgerEvent,
  ledgerBranch,
  parseEvent,
  renderEvent,
  wholeSeconds,
} from '@model-gitops/registry';
import type { GitStore, Host, ObjectId } from '../ports/index.ts';
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
  /** The claim that stands; null where none was asked for. */
  readonly claim: { readonly at: string; readonly isOurs: boolean } | null;
  /** Head of the ledger afterwards; null where nothing was ever written. */
  readonly head: ObjectId | null;
  readonly written: readonly LedgerEvent[];
  readonly alreadyThere: readonly LedgerEvent[];
}

/**
 * Somebody sets out to do something that the forge can neither compare nor swap. `at` and `by` are the claimer's own,
 * since the claim itself is the fact: whoever wrote the file does the work, others look.
 */
export interface Claim {
  /** Whose folder it lies in; '' for what belongs to no model. */
  readonly model: string;
  /** What is to be done, as a file name. */
  readonly key: string;
  readonly at: string;
  /** Drawn anew for each claim: after a lost answer it tells ours from theirs. */
  readonly by: string;
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

type Files = Readonly<Record<string, string>>;

function claimPath({ model, key }: Claim): string {
  return `${model === '' ? '' : `${model}/`}claims/${key}.json`;
}

/** The claim that stands. One that cannot be read was made in no time that we know: it is taken over. */
async function readClaim(
  { git }: LedgerPorts,
  head: ObjectId | null,
  claim: Claim,
): Promise<Omit<Claim, 'model' | 'key'> | null> {
  const [blob] = head === null ? [null] : await git.readObjects([`${head}:${claimPath(claim)}`]);
  if (blob?.kind !== 'blob') return null;
  const { at, by } = /^\{"at":"(?<at>[^"\\]*)","by":"(?<by>[^"\\]*)"/.exec(blob.text)?.groups ?? {};
  return { at: at ?? '1970-01-01T00:00:00Z', by: by ?? '' };
}

function filesOf(events: readonly LedgerEvent[], claim: Claim | null): Files {
  const written = events.map((event) => [eventPath(event), renderEvent(event)] as const);
  const claims =
    claim === null
      ? []
      : [
          [
            claimPath(claim),
            `${canonicalJson({ schema: 'model-gitops/claim/1', at: claim.at, by: claim.by })}\n`,
          ] as const,
        ];
  return Object.fromEntries([...written, ...claims]);
}

async function writeFiles(
  { git, identity }: LedgerPorts,
  head: ObjectId | null,
  events: readonly LedgerEvent[],
  claim: Claim | null,
): Promise<ObjectId> {
  const date = events.length === 0 && claim !== null ? claim.at : latestDate(events);
  return git.writeObject({
    kind: 'commit',
    parents: head === null ? [] : [head],
    files: filesOf(events, claim),
    message: events.length === 0 ? `claim ${claim?.key}\n` : commitMessage(events),
    author: { ...identity, date },
  });
}

/** What is to be appended; `isTried` once the claim may have been written although no answer said so. */
interface Append {
  readonly plan: EventPlan;
  readonly claim: Claim | null;
  isTried: boolean;
}

async function attemptAppend(append: Append, ports: LedgerPorts): Promise<Attempt<Appended>> {
  const { plan, claim } = append;
  const head = await readTip(ports.git, ledgerRef);
  const events = await plan(head);
  const found = head === null ? [] : await ports.git.readObjects(events.map((event) => `${head}:${eventPath(event)}`));
  const missing = events.filter((_, index) => (found[index] ?? null) === null);
  const alreadyThere = events.filter((event) => !missing.includes(event));
  const standing = claim === null ? null : await readClaim(ports, head, claim);
  const claimed = standing === null ? claim : null;
  const told =
    claim === null
      ? null
      : { at: (standing ?? claim).at, isOurs: standing === null || (append.isTried && standing.by === claim.by) };
  if (missing.length === 0 && claimed === null) return { done: { claim: told, head, written: [], alreadyThere } };
  const next = await writeFiles(ports, head, missing, claimed);
  append.isTried = true;
  const answer = await ports.git.moveRef(ledgerRef, head, next);
  return answer === 'moved' ? { done: { claim: told, head: next, written: missing, alreadyThere } } : answer;
}

/**
 * Appends events in one commit, by compare-and-swap. A file of that name means "already done". Given a plan instead of
 * events, the plan is asked again on every new head: what another writer did meanwhile is taken into account. A claim
 * goes into the same commit.
 */
export function appendEvents(
  events: readonly LedgerEvent[] | EventPlan,
  ports: LedgerPorts,
  claim: Claim | null = null,
): Promise<Appended> {
  const plan: EventPlan = typeof events === 'function' ? events : async () => events;
  const append: Append = { plan, claim, isTried: false };
  return untilWritten(ports.host, 'the ledger', () => attemptAppend(append, ports));
}

/** After so long without its work, whoever claimed it was stopped. */
const claimMs = 10 * 60_000;

function newClaim(model: string, key: string, { host }: LedgerPorts): Claim {
  return { model, key, at: wholeSeconds(host.now()), by: String(host.random()) };
}

/**
 * True for the one of all that ask who is to do the work. A claim whose work is still not there after ten minutes is
 * taken over, again by one: the next claim of that key. `events` are appended beside it.
 */
export async function claimWork(
  work: { readonly model: string; readonly key: string },
  ports: LedgerPorts,
  events: readonly LedgerEvent[] = [],
): Promise<boolean> {
  for (let tries = 1; ; tries += 1) {
    const mine = newClaim(work.model, tries === 1 ? work.key : `${work.key}-${tries}`, ports);
    const { claim } = await appendEvents(tries === 1 ? events : [], ports, mine);
    if (claim === null || claim.isOurs) return true;
    if (ports.host.now().getTime() - Date.parse(claim.at) < claimMs) return false;
  }
}

/** True for the first that ever asks: what must not be done twice is rather not done at all where that one was stopped. */
export async function claimOnce(
  work: { readonly model: string; readonly key: string },
  ports: LedgerPorts,
): Promise<boolean> {
  const { claim } = await appendEvents([], ports, newClaim(work.model, work.key, ports));
  return claim?.isOurs ?? true;
}
