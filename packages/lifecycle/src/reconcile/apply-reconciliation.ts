import { type RegistryChange, wholeSeconds } from '@model-gitops/registry';
import { type Problem, ProblemError } from '../problem.ts';
import { applyChanges } from '../registry/apply-change.ts';
import { claimWork } from '../registry/claims.ts';
import { appendEvents } from '../registry/ledger.ts';
import type { Registry } from '../registry/read-registry.ts';
import { type Answer, applyOpening, applyProposal, headClaim } from './apply-proposal.ts';
import { planAssignments } from './candidates.ts';
import type { ReconcilePorts } from './read-facts.ts';
import type { ReconciliationChange, ReconciliationFacts } from './types.ts';

type ChangeOf<K extends ReconciliationChange['kind']> = Extract<ReconciliationChange, { kind: K }>;

function isKind<K extends ReconciliationChange['kind']>(kind: K) {
  return (change: ReconciliationChange): change is ChangeOf<K> => change.kind === kind;
}

export interface AppliedChanges {
  /** What was done here, in order. */
  readonly changes: readonly ReconciliationChange[];
  /** Something moved meanwhile: read, plan and apply again. */
  readonly isAgain: boolean;
  /** What could not be done, for a reason that trying again does not heal. */
  readonly problems: readonly Problem[];
}

/** Assigns what rule still assigns on the registry as it is then. */
async function applyAssignments(
  changes: readonly ChangeOf<'assign'>[],
  { models }: Pick<ReconciliationFacts, 'models'>,
  ports: ReconcilePorts,
): Promise<readonly ReconciliationChange[]> {
  const plan = ({ facts, models: states }: Registry): readonly RegistryChange[] => {
    const now = models.map((model) => {
      const state = states.find((candidate) => candidate.model === model.state.model) ?? model.state;
      return { ...model, state };
    });
    return planAssignments(now, facts, wholeSeconds(ports.host.now())).changes;
  };
  const { changes: made } = await applyChanges(changes, plan, ports, null);
  const isMade = (change: ChangeOf<'assign'>) =>
    made.some(
      (one) => one.model === change.model && one.environment === change.environment && one.version === change.version,
    );
  return changes.filter(isMade);
}

async function applyMerges(
  merges: readonly ChangeOf<'record-merge'>[],
  ports: ReconcilePorts,
): Promise<readonly ReconciliationChange[]> {
  if (merges.length === 0) return [];
  const events = merges.map(({ event }) => event);
  const { written } = await appendEvents(events, ports);
  const ids = new Set(written.map(({ model, id }) => `${model} ${id}`));
  return merges.filter(({ event }) => ids.has(`${event.model} ${event.id}`));
}

async function applyCheck(change: ChangeOf<'check'>, ports: ReconcilePorts): Promise<Answer> {
  const { model, head, check, current } = change;
  const isFirst = current === null && model !== null;
  if (isFirst && !(await claimWork(headClaim(model, head), ports))) return 'theirs';
  await ports.forge.checks.post({ head, ...check, current });
  return 'done';
}

async function applyClose(change: ChangeOf<'close-pull-request'>, ports: ReconcilePorts): Promise<Answer> {
  const { model, number, head, comment } = change;
  const { comments, pullRequests } = ports.forge;
  if (!(await claimWork({ model, key: `close-${number}-${head.slice(0, 12)}` }, ports))) return 'theirs';
  await comments.create(number, comment);
  await pullRequests.edit(number, { state: 'closed' });
  return 'done';
}

async function applyOne(change: ReconciliationChange, ports: ReconcilePorts): Promise<Answer> {
  const { pullRequests } = ports.forge;
  switch (change.kind) {
    case 'propose':
      return applyProposal(change, ports);
    case 'open-pull-request':
      return applyOpening(change, ports);
    case 'check':
      return applyCheck(change, ports);
    case 'close-pull-request':
      return applyClose(change, ports);
    case 'edit-pull-request': {
      const { title, body } = change;
      await pullRequests.edit(change.number, {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { body }),
      });
      return 'done';
    }
    case 'reopen-pull-request':
      await pullRequests.edit(change.number, { state: 'open' });
      return 'again';
    default:
      return 'done';
  }
}

/** What the forge refuses for one pull request it need not refuse for another; where it does not answer at all, nothing goes on. */
async function attempt(change: ReconciliationChange, ports: ReconcilePorts): Promise<Answer | readonly Problem[]> {
  try {
    return await applyOne(change, ports);
  } catch (cause) {
    if (cause instanceof ProblemError && cause.kind !== 'could-not-run') return cause.problems;
    throw cause;
  }
}

/** Carries out a plan. Each change stands for itself: what one cannot do now does not keep the others from being done. */
export async function applyReconciliation(
  plan: readonly ReconciliationChange[],
  facts: Pick<ReconciliationFacts, 'models'>,
  ports: ReconcilePorts,
): Promise<AppliedChanges> {
  const done: ReconciliationChange[] = [
    ...(await applyAssignments(plan.filter(isKind('assign')), facts, ports)),
    ...(await applyMerges(plan.filter(isKind('record-merge')), ports)),
  ];
  const problems: Problem[] = [];
  let isAgain = false;
  for (const change of plan.filter(({ kind }) => kind !== 'assign' && kind !== 'record-merge')) {
    const answer = await attempt(change, ports);
    if (typeof answer !== 'string') problems.push(...answer);
    else if (answer === 'done' || change.kind === 'reopen-pull-request') done.push(change);
    if (answer === 'again') isAgain = true;
  }
  return { changes: done, isAgain, problems };
}
