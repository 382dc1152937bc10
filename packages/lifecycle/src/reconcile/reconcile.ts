import { type Problem, ProblemError } from '../problem.ts';
import { untilWritten } from '../registry/write-protocol.ts';
import { applyReconciliation } from './apply-reconciliation.ts';
import type { ReconcileDocument, ReconciliationChange } from './changes.ts';
import { notesOfFacts, planReconciliation } from './plan-reconciliation.ts';
import { type ReadFacts, type ReconcilePorts, readFacts, type Scope } from './read-facts.ts';

export interface ReconcileRequest {
  readonly dryRun: boolean;
}

interface Told {
  readonly changes: readonly ReconciliationChange[];
  readonly notes: readonly string[];
  readonly applied: boolean;
  readonly problems?: readonly Problem[];
}

/** Where nothing could be done there is nothing to tell but why. */
export function reconcileDocument({ changes, notes, applied, problems = [] }: Told): ReconcileDocument {
  if (problems.length > 0 && changes.length === 0) throw new ProblemError(problems);
  const failed = problems.map(({ message, remedy }) => `${message} ${remedy}`);
  return {
    schema: 'model-gitops/reconcile/1',
    outcome: failed.length === 0 ? 'pass' : 'fail',
    changes,
    applied: applied && changes.length > 0,
    notes: [...new Set([...failed, ...notes])],
  };
}

function notesOf({ facts, registry }: ReadFacts): readonly string[] {
  return [...registry.problems.map(({ message }) => message), ...notesOfFacts(facts)];
}

/** Adds to what the facts ask for. */
export type MorePlan = (read: ReadFacts) => readonly ReconciliationChange[];

/** Reads, plans and applies, again from reading on as long as others are quicker. A dry run stops at the plan. */
export async function reconcileScope(
  scope: Scope,
  { dryRun }: ReconcileRequest,
  ports: ReconcilePorts,
  more: MorePlan = () => [],
): Promise<ReconcileDocument> {
  const planOf = (read: ReadFacts) => [...planReconciliation(read.facts), ...more(read)];
  if (dryRun) {
    const read = await readFacts(scope, ports);
    return reconcileDocument({ changes: planOf(read), notes: notesOf(read), applied: false });
  }
  const done: ReconciliationChange[] = [];
  return untilWritten(ports.host, 'what reconciling asks for', async () => {
    const read = await readFacts(scope, ports);
    const { changes, isAgain, problems } = await applyReconciliation(
      planOf(read),
      read.facts,
      ports,
      read.registry.ledgerHead,
    );
    done.push(...changes);
    if (isAgain) return 'conflict';
    return { done: reconcileDocument({ changes: done, notes: notesOf(read), applied: true, problems }) };
  });
}

/**
 * Brings the repository to where its facts say that it should be: versions assigned, promotions proposed, their pull
 * requests and every check up to date, merges witnessed. Run as often as one likes, by as many as like: what is there
 * is not done again. Problems: those of the registry and of the forge.
 */
export function reconcile(request: ReconcileRequest, ports: ReconcilePorts): Promise<ReconcileDocument> {
  return reconcileScope({ branch: null, reopens: null }, request, ports);
}
