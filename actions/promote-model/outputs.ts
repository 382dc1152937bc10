import type { Answer, ChangesDocument } from '@model-gitops/lifecycle';
import { documentsOf, outputsOfOne, outputText } from '../answer-documents.ts';

const schemas = ['model-gitops/promote/1', 'model-gitops/rollback/1', 'model-gitops/archive/1'] as const;

export function changesOf(answer: Answer): readonly ChangesDocument[] {
  return schemas.flatMap((schema) => documentsOf<ChangesDocument>(answer, schema));
}

/** The branch of a proposal; null where nothing waits for a person. */
export function branchOf({ changes }: ChangesDocument): string | null {
  const [change] = changes;
  return change?.kind === 'open-promotion' ? change.branch : null;
}

type Name = 'version' | 'environment' | 'applied' | 'branch' | 'merge' | 'changes';

export function outputs(answer: Answer): Record<Name, string> {
  const documents = changesOf(answer);
  const one = outputsOfOne(documents, {
    version: ({ version }) => version,
    environment: ({ environment }) => environment,
    applied: ({ applied }) => applied,
    branch: branchOf,
    merge: ({ merge }) => merge,
  });
  return { ...one, changes: outputText(documents.flatMap(({ changes }) => changes)) };
}
