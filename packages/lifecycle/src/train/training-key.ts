import { digestOfValue } from '@model-gitops/registry';
import { type CodeFacts, measureCode } from '../code-files.ts';
import type { ModelConfig } from '../config/types.ts';
import type { DatasetFacts, FeaturesDocument } from '../documents.ts';
import { findTables, type ModelTables } from '../features/find-tables.ts';
import type { Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { type Locks, locksOf } from './locks.ts';
import { trainProblems } from './problems.ts';

export type Parameters = Readonly<Record<string, string | number | boolean>>;

/** Everything that the bytes of a model come from. */
export interface Ingredients {
  readonly command: string;
  readonly parameters: Parameters;
  readonly seed: number | null;
  readonly code: CodeFacts;
  readonly locks: Locks;
  readonly data: readonly Pick<DatasetFacts, 'name' | 'sha256'>[];
  /** Name and digest of each table that was made; null where the data is used as it is. */
  readonly features: readonly { readonly name: string; readonly sha256: string }[] | null;
}

function byName(tables: readonly { readonly name: string; readonly sha256: string }[]) {
  return Object.fromEntries(tables.map(({ name, sha256 }) => [name, sha256]));
}

/** JSON lacks NaN and the infinities; as text they stay apart. */
export function plainParameters(parameters: Parameters): Parameters {
  const plain = (value: string | number | boolean) =>
    typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
  return Object.fromEntries(Object.entries(parameters).map(([name, value]) => [name, plain(value)]));
}

/** Digest of the features; null where the data is used as it is. */
export function digestOfFeatures(features: Ingredients['features']): string | null {
  return features === null ? null : digestOfValue(byName(features));
}

/** The identity of a training: equal ingredients, equal key; the order of files, of data and of parameters is not one. */
export function keyOf({ command, parameters, seed, code, locks, data, features }: Ingredients): string {
  return digestOfValue({
    command,
    parameters: plainParameters(parameters),
    seed,
    code: code.sha256,
    locks: Object.fromEntries(locks.map(({ path, sha256 }) => [path, sha256])),
    data: byName(data),
    features: digestOfFeatures(features),
  });
}

export interface TrainingSubject {
  readonly config: ModelConfig;
  /** What the features step left. */
  readonly features: FeaturesDocument | null;
  /** Over `train.seed`. */
  readonly seed: number | null;
}

export interface Prepared {
  readonly train: NonNullable<ModelConfig['train']>;
  readonly ingredients: Ingredients;
  readonly tables: ModelTables;
}

/** Measures everything that goes into a training. Problems: `nothing-to-train`, `code-missing`, `lock-missing`, and those of the data and features. */
export async function readIngredients(
  { config, features, seed }: TrainingSubject,
  workspace: Workspace,
): Promise<Prepared> {
  const { train } = config;
  if (train === undefined) throw new ProblemError(trainProblems.notDeclared(config.name));
  const tables = await findTables(workspace, config, features);
  const ingredients: Ingredients = {
    command: train.run,
    parameters: train.parameters,
    seed: seed ?? train.seed ?? null,
    code: await measureCode(workspace, config),
    locks: await locksOf(workspace, config),
    data: tables.raw,
    features: tables.made,
  };
  return { train, ingredients, tables };
}

/** The key that a training would have now, without training. Problems: those of `readIngredients`. */
export async function trainingKey(
  subject: TrainingSubject,
  { workspace }: { readonly workspace: Workspace },
): Promise<string> {
  return keyOf((await readIngredients(subject, workspace)).ingredients);
}
