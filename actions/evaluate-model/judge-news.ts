import type { Answer, EvaluateDocument, Registry } from '@model-gitops/lifecycle';
import { compareVersionNumbers } from '@model-gitops/registry';
import { documentsOf } from '../answer-documents.ts';

/** The bytes of the newest version, scored on the rows that its record names. */
function isNewestVersion({ model, data, modelName }: EvaluateDocument, { models }: Pick<Registry, 'models'>): boolean {
  const versions = models.find((state) => state.model === modelName)?.versions ?? [];
  const [newest] = versions.toSorted((a, b) => compareVersionNumbers(b.version, a.version));
  if (newest === undefined || model === undefined) return false;
  const { record } = newest;
  const isSameModel = record.artifacts.some(({ sha256 }) => sha256 === model.sha256);
  return isSameModel && (data === undefined || Object.values(record.data).some(({ sha256 }) => sha256 === data.sha256));
}

/** Whether a reader learns anything: a pass of what is registered already is no news. `registry` null: nobody knows. */
export function hasNews(answer: Answer, registry: Pick<Registry, 'models'> | null): boolean {
  if (answer.outcome !== 'pass' || registry === null) return true;
  const documents = documentsOf<EvaluateDocument>(answer, 'model-gitops/evaluate/1');
  return documents.length === 0 || documents.some((document) => !isNewestVersion(document, registry));
}
