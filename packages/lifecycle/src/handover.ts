import type { DataDocument, EvaluateDocument, FeaturesDocument, TrainDocument } from './documents.ts';
import type { Workspace } from './ports/index.ts';
import { type Problem, ProblemError } from './problem.ts';

/** What each step leaves for the next one, by file name without `.json`. */
export interface HandoverDocuments {
  readonly data: DataDocument;
  readonly features: FeaturesDocument;
  readonly run: TrainDocument;
  readonly evaluation: EvaluateDocument;
}

const schemas: Readonly<Record<keyof HandoverDocuments, string>> = {
  data: 'model-gitops/validate-data/1',
  features: 'model-gitops/features/1',
  run: 'model-gitops/train/1',
  evaluation: 'model-gitops/evaluate/1',
};

const handoverProblems = {
  unreadable: (file: string, schema: string): Problem => ({
    code: 'handover-unreadable',
    message: `${file} is not a document ${schema}.`,
    remedy: 'Delete .model-gitops and run the steps again: another version may have written it.',
    file,
  }),
};

/** `.model-gitops/<model>/<name>.json`, relative to the root of the repository. */
export function handoverPath(model: string, name: keyof HandoverDocuments): string {
  return `.model-gitops/${model}/${name}.json`;
}

/** The document that an earlier step left; null if it did not run. Problem `handover-unreadable` for anything else than that document. */
export async function readHandover<Name extends keyof HandoverDocuments>(
  workspace: Workspace,
  model: string,
  name: Name,
): Promise<HandoverDocuments[Name] | null> {
  const file = handoverPath(model, name);
  const text = await workspace.readText(file);
  if (text === null) return null;
  const document = jsonOf(text);
  if (document?.schema === schemas[name]) return document as HandoverDocuments[Name];
  throw new ProblemError(handoverProblems.unreadable(file, schemas[name]));
}

function jsonOf(text: string): { readonly schema?: unknown } | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' ? value : null;
  } catch {
    return null;
  }
}

/** Leaves a step's document for the next one. */
export async function writeHandover<Name extends keyof HandoverDocuments>(
  workspace: Workspace,
  model: string,
  name: Name,
  document: HandoverDocuments[Name],
): Promise<void> {
  await workspace.writeText(handoverPath(model, name), `${JSON.stringify(document, null, 2)}\n`);
}
