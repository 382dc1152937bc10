import type { Answer, PullDocument } from '@model-gitops/lifecycle';
import { documentsOf, outputsOfOne } from '../answer-documents.ts';

type Name = 'name' | 'version' | 'digest' | 'path' | 'approved' | 'files';

export function outputs(answer: Answer): Record<Name, string> {
  return outputsOfOne(documentsOf<PullDocument>(answer, 'model-gitops/pull/1'), {
    name: ({ model }) => model,
    version: ({ version }) => version,
    digest: ({ digest }) => digest,
    path: ({ files }) => files[0]?.path,
    approved: ({ approved }) => approved ?? 'unknown',
    files: ({ files }) => files,
  });
}
