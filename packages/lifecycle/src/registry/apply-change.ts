import {
  type EventOf,
  eventsOf,
  type LedgerEvent,
  latest,
  type RegistryChange,
  wholeSeconds,
} from '@model-gitops/registry';
import type { CommitObject, ObjectId } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { appendEvents } from './ledger.ts';
import type { RegistryWriter } from './ports.ts';
import { registryProblems } from './problems.ts';
import { readTip } from './read-files.ts';
import { type Registry, readRegistry } from './read-registry.ts';
import { type Attempt, untilWritten } from './write-protocol.ts';

type Proposal = Extract<RegistryChange, { kind: 'open-promotion' }>;
type Assignment = Extract<RegistryChange, { kind: 'assign' }>;

/** Plans on the registry as it stands now; asked again whenever somebody else was quicker. */
export type ChangePlan = (registry: Registry) => readonly RegistryChange[] | Promise<readonly RegistryChange[]>;

export interface Applied {
  readonly changes: readonly RegistryChange[];
  /** The promotion commit, where there is one. */
  readonly commit: ObjectId | null;
}

export function assignedEvent(
  change: Assignment,
  events: readonly LedgerEvent[],
  at: string,
  requestedBy: string | null,
): EventOf<'assigned'> {
  const { model, environment, version, digest, from, purpose } = change;
  const before = eventsOf(events, 'assigned').filter(
    (event) => event.model === model && event.environment === environment,
  );
  const sequence = (latest(before)?.sequence ?? 0) + 1;
  const id = `assigned-${environment}-${sequence}`;
  return {
    schema: 'model-gitops/event/1',
    kind: 'assigned',
    id,
    model,
    at,
    environment,
    version,
    digest,
    from,
    purpose,
    sequence,
    requestedBy,
  };
}

export function requestedEvent(
  change: Omit<Proposal, 'path' | 'text'>,
  commit: { readonly id: ObjectId; readonly date: string },
  requestedBy: string | null,
): EventOf<'promotion-requested'> {
  const { model, environment, version, digest, from, purpose, branch } = change;
  const id = `promotion-requested-${environment}-${version}-${commit.id.slice(0, 12)}`;
  return {
    schema: 'model-gitops/event/1',
    kind: 'promotion-requested',
    id,
    model,
    at: commit.date,
    environment,
    version,
    digest,
    from,
    purpose,
    branch,
    commit: commit.id,
    requestedBy,
  };
}

async function assign(
  plan: ChangePlan,
  ports: RegistryWriter,
  requestedBy: string | null,
): Promise<readonly RegistryChange[]> {
  const at = wholeSeconds(ports.host.now());
  let changes: readonly RegistryChange[] = [];
  await appendEvents(async () => {
    const registry = await readRegistry(ports);
    changes = await plan(registry);
    return changes.flatMap((change) =>
      change.kind === 'assign' ? [assignedEvent(change, registry.facts.events, at, requestedBy)] : [],
    );
  }, ports);
  return changes;
}

type Subject = Pick<Proposal, 'purpose' | 'model' | 'version' | 'environment' | 'from'>;

function subjectOf({ purpose, model, version, environment, from }: Subject): string {
  if (purpose === 'archive') return `Archive ${model} ${version}`;
  const verb = purpose === 'rollback' ? 'Roll back' : 'Promote';
  return `${verb} ${model} ${purpose === 'rollback' ? `in ${environment} to ${version}` : `${version} to ${environment}`} (from ${from ?? 'nothing'})`;
}

/** The message of a proposal's commit. */
export function proposalMessage(subject: Subject): string {
  return `${subjectOf(subject)}\n`;
}

async function commitAt(ports: RegistryWriter, id: ObjectId | null): Promise<CommitObject | null> {
  const [object] = id === null ? [null] : await ports.git.readObjects([id]);
  return object?.kind === 'commit' ? object : null;
}

/** A proposal that is there already: the same text, on the default branch as it is now. */
async function isProposed(
  ports: RegistryWriter,
  change: Proposal,
  tip: CommitObject | null,
  defaultHead: ObjectId,
): Promise<boolean> {
  if (tip === null || tip.parents.length !== 1 || tip.parents[0] !== defaultHead) return false;
  const [blob] = await ports.git.readObjects([`${tip.id}:${change.path}`]);
  return blob?.kind === 'blob' && blob.text === change.text;
}

/** One commit on the promotion branch, always from the default branch's head: a newer proposal replaces the older. */
async function attemptProposal(
  plan: ChangePlan,
  ports: RegistryWriter,
  date: string,
): Promise<Attempt<{ changes: readonly RegistryChange[]; commit: CommitObject | null }>> {
  const registry = await readRegistry(ports);
  const changes = await plan(registry);
  const [change] = changes;
  if (change?.kind !== 'open-promotion') return { done: { changes, commit: null } };
  if (registry.defaultHead === null) throw new ProblemError(registryProblems.noDefaultBranch(ports.defaultBranch));
  const ref = `refs/heads/${change.branch}`;
  const tip = await commitAt(ports, await readTip(ports.git, ref));
  if (await isProposed(ports, change, tip, registry.defaultHead)) return { done: { changes, commit: tip } };
  const author = { ...ports.identity, date };
  const id = await ports.git.writeObject({
    kind: 'commit',
    parents: [registry.defaultHead],
    files: { [change.path]: change.text },
    message: proposalMessage(change),
    author,
  });
  const answer = await ports.git.moveRef(ref, tip?.id ?? null, id);
  return answer === 'moved' ? { done: { changes, commit: await commitAt(ports, id) } } : answer;
}

async function propose(plan: ChangePlan, ports: RegistryWriter, requestedBy: string | null): Promise<Applied> {
  const date = wholeSeconds(ports.host.now());
  const { changes, commit } = await untilWritten(ports.host, 'the promotion branch', () =>
    attemptProposal(plan, ports, date),
  );
  const [change] = changes;
  if (change?.kind === 'open-promotion' && commit !== null)
    await appendEvents([requestedEvent(change, { id: commit.id, date: commit.committer.date }, requestedBy)], ports);
  return { changes, commit: commit?.id ?? null };
}

/** Carries out what `plan` says. `first` is what it said before: it only decides which of the two ways is taken. */
export async function applyChanges(
  first: readonly RegistryChange[],
  plan: ChangePlan,
  ports: RegistryWriter,
  requestedBy: string | null,
): Promise<Applied> {
  const [change] = first;
  if (change === undefined) return { changes: [], commit: null };
  if (change.kind === 'assign') return { changes: await assign(plan, ports, requestedBy), commit: null };
  return propose(plan, ports, requestedBy);
}
