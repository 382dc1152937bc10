import type { LedgerEvent } from '@model-gitops/registry';
import type { ObjectId } from '../ports/index.ts';
import { requestedEvent } from '../registry/apply-change.ts';
import { type Claimed, claimWork, type Work } from '../registry/claims.ts';
import type { EventPlan } from '../registry/ledger.ts';
import { readRegistry } from '../registry/read-registry.ts';
import { planAssignments } from './candidates.ts';
import type { ReconciliationChange } from './changes.ts';
import { isDecision, type ReconcilePorts } from './read-facts.ts';
import type { ReconciliationFacts } from './types.ts';

/** Facts as far as the ledger needs them. */
export type RecordFacts = Pick<ReconciliationFacts, 'models' | 'registry' | 'now'>;

/** A change with the head that it is about, once that is written. */
export interface Placed {
  readonly change: ReconciliationChange;
  readonly head: ObjectId | null;
}

type CheckKind = ReconcilePorts['forge']['checks']['kind'];

/** The first check on a head. The app's is another than the status of the action, and each keeps its own. */
export function firstCheckOf({ change, head }: Placed, kind: CheckKind): Work | null {
  const key = `${kind === 'app' ? 'check' : 'status'}-${head}`;
  if (change.kind === 'propose' || change.kind === 'open-pull-request') return { model: change.model, key };
  return change.kind === 'check' && change.current === null && change.model !== null
    ? { model: change.model, key }
    : null;
}

/** What of a change, beside a check, only one may do: the forge would let two. null: twice is the same as once. */
export function workOf({ change, head }: Placed): Work | null {
  switch (change.kind) {
    case 'propose':
    case 'open-pull-request':
      return { model: change.model, key: `show-${head}` };
    case 'close-pull-request':
      return { model: change.model, key: `close-${change.number}-${change.head.slice(0, 12)}` };
    default:
      return null;
  }
}

/** What happened by this plan. Whether something is still assigned is asked again where the ledger has moved. */
function eventsOf(placed: readonly Placed[]): readonly LedgerEvent[] {
  return placed.flatMap(({ change, head }): readonly LedgerEvent[] => {
    if (change.kind === 'record-merge') return [change.event];
    if (change.kind !== 'propose' || head === null) return [];
    const { date, isAutomatic, requestedBy } = change;
    const event = requestedEvent({ ...change, kind: 'open-promotion' }, { id: head, date }, requestedBy);
    return [isAutomatic ? { ...event, isAutomatic } : event];
  });
}

async function assignedEvents(
  isMoved: boolean,
  facts: RecordFacts,
  ports: ReconcilePorts,
): Promise<readonly LedgerEvent[]> {
  const { now } = facts;
  if (!isMoved) return planAssignments(facts.models, facts.registry, now).events;
  const { facts: registry, models: states } = await readRegistry(ports, isDecision);
  const models = facts.models.map((model) => {
    const state = states.find((candidate) => candidate.model === model.state.model) ?? model.state;
    return { ...model, state };
  });
  return planAssignments(models, registry, now).events;
}

/** One commit on the ledger for everything that a plan decided, and for every work that only one may do. */
export async function recordChanges(
  placed: readonly Placed[],
  facts: RecordFacts,
  ports: ReconcilePorts,
  seen: ObjectId | null,
): Promise<Claimed | null> {
  const { kind } = ports.forge.checks;
  const works = placed.flatMap((one) => [workOf(one), firstCheckOf(one, kind)].filter((work) => work !== null));
  const events = eventsOf(placed);
  const isAssigning = placed.some(({ change }) => change.kind === 'assign');
  if (works.length + events.length === 0 && !isAssigning) return null;
  const plan: EventPlan = async (head) => [
    ...(isAssigning ? await assignedEvents(head !== seen, facts, ports) : []),
    ...events,
  ];
  return claimWork(works, plan, ports, seen);
}
