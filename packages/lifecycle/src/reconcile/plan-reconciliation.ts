import { planAssignments } from './candidates.ts';
import type { CheckWish, ReconciliationChange } from './changes.ts';
import { planOtherCheck } from './plan-check.ts';
import { planMerge } from './plan-merges.ts';
import { checkOfTarget, type DecidedTarget, decidedTarget, planTarget } from './plan-target.ts';
import type { ReconciliationFacts } from './types.ts';

type Undecided = Omit<ReconciliationFacts, 'people' | 'merges' | 'witnesses'>;

export interface Decided {
  readonly assignments: readonly ReconciliationChange[];
  readonly targets: readonly DecidedTarget[];
  /** The registry as it will be once the assignments are made. */
  readonly registry: ReconciliationFacts['registry'];
}

/** What is to happen, before anybody is asked about people. Where only one branch is looked at, nothing is assigned. */
export function decideReconciliation(facts: Undecided): Decided {
  const { now, scope, reopens } = facts;
  const { changes, registry, models } =
    scope === null
      ? planAssignments(facts.models, facts.registry, now)
      : { changes: [], registry: facts.registry, models: facts.models };
  const targets = facts.targets.map((target) => {
    const state = models.find((model) => model.state.model === target.target.model)?.state ?? target.state;
    return decidedTarget({ ...target, state }, { registry, reopens, now });
  });
  return { assignments: changes, targets, registry };
}

/** From everything that was read to everything that should be done, each with its reason. The only place that decides. */
export function planReconciliation(facts: ReconciliationFacts): readonly ReconciliationChange[] {
  const { assignments, targets, registry } = decideReconciliation(facts);
  const after = { ...facts, registry };
  return [
    ...assignments,
    ...facts.merges.map(planMerge),
    ...targets.flatMap((target) => planTarget(target, after)),
    ...facts.others.flatMap((pullRequest) => planOtherCheck(pullRequest, facts)),
  ];
}

/** The check that a promotion should have, on its head and on every merge group that holds it; null: it is none of ours. */
export function checkOfPromotion(facts: ReconciliationFacts, number: number): CheckWish | null {
  const { targets, registry } = decideReconciliation(facts);
  const found = targets.flatMap((target) => checkOfTarget(target, number, { ...facts, registry }) ?? []);
  return found[0] ?? null;
}

/** What people should know although nothing is done about it. */
export function notesOfFacts(facts: ReconciliationFacts): readonly string[] {
  const { targets } = decideReconciliation(facts);
  const models = facts.models.filter(({ state }) => facts.scope === null && state.versions.length > 0);
  return [
    ...models.flatMap(({ state, config, flaw }) => {
      if (flaw !== null) return [`${state.model}: nothing is decided by rule: ${flaw}`];
      if (config !== null) return [];
      return [`${state.model}: nothing is decided by rule: ${facts.defaultBranch} has no model.yaml of that name`];
    }),
    ...targets.flatMap(({ decision }) => (decision.kind === 'rest' && decision.note !== null ? [decision.note] : [])),
  ];
}
