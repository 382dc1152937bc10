import type { Answer, FeaturesDocument } from '@model-gitops/lifecycle';
import { documentsOf, outputsOfOne } from '../answer-documents.ts';

function pathOf({ outputs: tables }: FeaturesDocument, name: 'train' | 'test'): string | null {
  return tables.find((table) => table.name === name)?.path ?? null;
}

export function outputs(answer: Answer): Record<'cached' | 'train-path' | 'test-path', string> {
  return outputsOfOne(documentsOf<FeaturesDocument>(answer, 'model-gitops/features/1'), {
    cached: ({ cached }) => cached,
    'train-path': (document) => pathOf(document, 'train'),
    'test-path': (document) => pathOf(document, 'test'),
  });
}
