import type { Answer, EvaluateDocument, GateResult } from '@model-gitops/lifecycle';
import { documentsOf, outputText } from '../answer-documents.ts';

export function outputs(answer: Answer): Record<'gates-passed' | 'gates-failed' | 'metrics', string> {
  const documents = documentsOf<EvaluateDocument>(answer, 'model-gitops/evaluate/1');
  const gates = documents.flatMap((document) => document.gates);
  const count = (wanted: GateResult['state']) =>
    documents.length === 0 ? '' : String(gates.filter(({ state }) => state === wanted).length);
  const metrics = Object.fromEntries(documents.map((document) => [document.modelName ?? '', document.metrics]));
  return { 'gates-passed': count('passed'), 'gates-failed': count('failed'), metrics: outputText(metrics) };
}
