import type { DataDocument, DatasetFacts, EvaluateDocument, FeaturesDocument, TrainDocument } from './documents.ts';
import { handoverShapes } from './handover-shapes.ts';
import type { Workspace } from './ports/index.ts';
import { type Problem, ProblemError } from './problem.ts';

/** What each step leaves for the next one, by file name without `.json`. */
export interface HandoverDocuments {
  readonly data: DataDocument;
  readonly features: FeaturesDocument;
  readonly run: TrainDocument;
  readonly evaluation: EvaluateDocument;
}

const handoverProblems = {
  unreadable: (file: string, schema: string, where: string): Problem => ({
    code: 'handover-unreadable',
    message: `${file} is not a document ${schema}${where === '' ? '' : ` (at ${where})`}.`,
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
  const shape = handoverShapes[name];
  const document = shape.safeParse(jsonOf(text));
  if (document.success) return document.data as unknown as HandoverDocuments[Name];
  const where = document.error.issues[0]?.path.join('.') ?? '';
  throw new ProblemError(handoverProblems.unreadable(file, shape.shape.schema.value, where));
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
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

/** Takes away what an earlier run of a step left: what the step then refuses, or never ends, must not stand as its word. */
export async function clearHandover(workspace: Workspace, model: string, name: keyof HandoverDocuments): Promise<void> {
  await workspace.remove(handoverPath(model, name));
}

/** What validation said of the data that is here now: what it said of other bytes is nothing that a gate may see. */
export function currentData(document: DataDocument | null, tables: readonly DatasetFacts[]): DataDocument | null {
  if (document === null) return null;
  const isHere = ({ name, sha256 }: DatasetFacts) =>
    tables.some((facts) => facts.name === name && facts.sha256 === sha256);
  return { ...document, datasets: document.datasets.filter(isHere) };
}
