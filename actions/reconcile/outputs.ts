import type { Answer, ReconcileDocument } from '@model-gitops/lifecycle';
import { documentsOf, outputsOfOne, outputText } from '../answer-documents.ts';

export function outputs(answer: Answer): Record<'applied' | 'changes', string> {
  const documents = documentsOf<ReconcileDocument>(answer, 'model-gitops/reconcile/1');
  const { applied } = outputsOfOne(documents, { applied: (document) => document.applied });
  return { applied, changes: outputText(documents.flatMap(({ changes }) => changes)) };
}
