import { type Answer, answerWith, describeReconciliation, type ReconcileDocument } from '@model-gitops/lifecycle';

export function answerOf(document: ReconcileDocument): Answer {
  return answerWith(document, describeReconciliation);
}

/** An event that asks for nothing is no failure, and no word about the repository: nothing was looked at. */
export function answerWithNothing(note: string): Answer {
  const document: ReconcileDocument = {
    schema: 'model-gitops/reconcile/1',
    outcome: 'pass',
    changes: [],
    applied: false,
    notes: [note],
  };
  return answerWith(document, () => ({
    outcome: 'pass',
    headline: [{ mark: 'not-applicable' }, ' nothing was looked at'],
    blocks: [{ kind: 'paragraph', text: note }],
    cases: [{ name: 'reconcile', group: 'registry', outcome: 'skipped', message: note }],
    annotations: [],
  }));
}

export const forkNote =
  'This event is about a fork, whose runs may write nothing here. The next run for this repository does what is to be done.';
