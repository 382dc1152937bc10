import type { Answer, DataDocument } from '@model-gitops/lifecycle';
import { documentsOf } from '../answer-documents.ts';

export function outputs(answer: Answer): Record<'evaluated-expectations' | 'unsuccessful-expectations', string> {
  const documents = documentsOf<DataDocument>(answer, 'model-gitops/validate-data/1');
  const statistics = documents.flatMap(({ datasets }) => datasets.map(({ validation }) => validation.statistics));
  const sum = (name: 'evaluated_expectations' | 'unsuccessful_expectations') =>
    documents.length === 0 ? '' : String(statistics.reduce((total, one) => total + one[name], 0));
  return {
    'evaluated-expectations': sum('evaluated_expectations'),
    'unsuccessful-expectations': sum('unsuccessful_expectations'),
  };
}
