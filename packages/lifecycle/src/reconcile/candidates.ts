import {
  compareVersionNumbers,
  foldHistory,
  foldModel,
  judgePromotion,
  type LedgerEvent,
  type PromotionPolicy,
  planPromotion,
  type RegistryFacts,
  type VersionState,
} from '@model-gitops/registry';
import type { GateResult } from '../documents.ts';
import { rootsOfEnvironments, rootsOfRecord } from '../evaluate/gate-facts.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import { championsOf } from '../pipeline/champions.ts';
import { ProblemError } from '../problem.ts';
import { assignedEvent } from '../registry/apply-change.ts';
import type { ReconciliationChange } from './changes.ts';
import { policiesOf } from './targets.ts';
import type { ConfiguredModel } from './types.ts';

function unjudged(where: string, reason: string): GateResult {
  return { if: where, passed: false, state: 'failed', level: 'error', reason, position: { file: where, line: 1 } };
}

/** The gates of the default branch on a registered version. Where nobody can say what they are, they have failed. */
export function judgeVersion(
  { state, config, flaw }: ConfiguredModel,
  { record }: VersionState,
): readonly GateResult[] {
  if (flaw !== null) return [unjudged('model.yaml', flaw)];
  if (config === null) return [];
  const environments = rootsOfEnvironments(config.environments, championsOf(state));
  try {
    return judgeGates(config.gates, { current: rootsOfRecord(record), environments });
  } catch (cause) {
    if (cause instanceof ProblemError) return [unjudged(config.file, cause.message)];
    throw cause;
  }
}

function isPassed(gates: readonly GateResult[]): boolean {
  return !gates.some(({ state, level }) => state === 'failed' && level === 'error');
}

/** Whether a number is higher than all of these. */
export function isNewest(version: string, others: readonly string[]): boolean {
  return others.every((other) => compareVersionNumbers(version, other) > 0);
}

/** Every version that an environment ever wanted: what was left again is not returned to by rule. */
export function everWanted(registry: RegistryFacts, model: string, environment: string): readonly string[] {
  return foldHistory(registry, model, environment).flatMap(({ version }) => version ?? []);
}

/** Versions that rule may choose for an environment, newest first: newer than all that it ever wanted, not archived, gates passed. Without a model.yaml nothing is chosen by rule. */
export function candidatesFor(
  model: ConfiguredModel,
  environment: string,
  registry: RegistryFacts,
): readonly VersionState[] {
  if (model.config === null) return [];
  const wanted = everWanted(registry, model.state.model, environment);
  return model.state.versions
    .filter(({ version, state }) => state === 'live' && isNewest(version, wanted))
    .filter((version) => isPassed(judgeVersion(model, version)))
    .toReversed();
}

type Assignment = Extract<ReconciliationChange, { kind: 'assign' }>;

/** The newest candidate that may go to an environment of which nobody is asked. */
function assignmentTo(
  policy: PromotionPolicy,
  model: ConfiguredModel,
  registry: RegistryFacts,
  now: string,
): Assignment | null {
  for (const { version } of candidatesFor(model, policy.name, registry)) {
    const question = { state: model.state, version, policy, now, purpose: 'promote', gates: [] } as const;
    if (judgePromotion(question).outcome !== 'pass') continue;
    const [change] = planPromotion(question, '').changes;
    const reason = `${version} is the newest version whose gates pass, and ${policy.name} asks nobody`;
    return change?.kind === 'assign' ? { ...change, reason } : null;
  }
  return null;
}

export interface Assigned {
  readonly changes: readonly Assignment[];
  /** As the ledger is told of them. */
  readonly events: readonly LedgerEvent[];
  /** The registry and its models as they are then. */
  readonly registry: RegistryFacts;
  readonly models: readonly ConfiguredModel[];
}

function withEvent(registry: RegistryFacts, event: LedgerEvent): RegistryFacts {
  return { ...registry, events: [...registry.events, event] };
}

/** What becomes wanted by rule, one after the other: an environment may come after another that changes now. */
export function planAssignments(models: readonly ConfiguredModel[], registry: RegistryFacts, now: string): Assigned {
  for (const model of models) {
    const open = policiesOf(model).filter(({ approval }) => approval === 'none');
    const [change] = open.flatMap((policy) => assignmentTo(policy, model, registry, now) ?? []);
    if (change === undefined) continue;
    const event = assignedEvent(change, registry.events, now, null);
    const next = withEvent(registry, event);
    const state = foldModel(next, model.state.model);
    const rest = planAssignments(
      models.map((other) => (other === model ? { ...model, state } : other)),
      next,
      now,
    );
    return { ...rest, changes: [change, ...rest.changes], events: [event, ...rest.events] };
  }
  return { changes: [], events: [], registry, models };
}
