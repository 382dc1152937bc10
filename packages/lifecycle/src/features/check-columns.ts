import type { ModelConfig } from '../config/types.ts';
import type { FeaturesDocument } from '../documents.ts';
import { positionOf } from '../position-of.ts';
import { type Problem, ProblemError } from '../problem.ts';
import { featureProblems } from './problems.ts';

type Output = FeaturesDocument['outputs'][number];

interface Named {
  readonly column: string;
  /** Keys of model.yaml where it is written, the most exact first. */
  readonly keys: readonly string[];
}

/** Columns that the model is made of: in the training rows as in the test rows. */
function modelColumns({ features: { target, columns = [] } }: ModelConfig): readonly Named[] {
  const targets = target === undefined ? [] : [{ column: target, keys: ['features.target'] }];
  return [...targets, ...columns.map((column, index) => ({ column, keys: keysOf('features.columns', index) }))];
}

/** Columns that only the judgement needs: in the test rows. */
function judgedColumns({ features, evaluate }: ModelConfig): readonly Named[] {
  const named = (key: string, names: readonly string[]) =>
    names.flatMap((name, index) => name.split('&').map((column) => ({ column, keys: keysOf(key, index) })));
  return [...named('features.sensitive', features.sensitive), ...named('evaluate.slices', evaluate.slices)];
}

function keysOf(list: string, index: number): readonly string[] {
  return [`${list}[${index}]`, list];
}

function namesOf({ columns }: Output): readonly string[] {
  return columns.map(({ name }) => name);
}

function missingIn(config: ModelConfig, outputs: readonly Output[], wanted: readonly Named[]): readonly Problem[] {
  return wanted.flatMap(({ column, keys }) => {
    const lacking = outputs.filter((output) => !namesOf(output).includes(column));
    const [first] = lacking;
    if (first === undefined) return [];
    const where = { paths: lacking.map(({ path }) => path), names: namesOf(first) };
    return [featureProblems.columnMissing(column, where, positionOf(config, ...keys, 'features'))];
  });
}

/** Refuses tables that lack a column that model.yaml names, all of them at once. Problem `column-missing` with its line. */
export function checkColumns(config: ModelConfig, outputs: readonly Output[]): void {
  const tests = outputs.filter(({ name }) => name === 'test');
  const problems = [
    ...missingIn(config, outputs, modelColumns(config)),
    ...missingIn(config, tests, judgedColumns(config)),
  ];
  if (problems.length > 0) throw new ProblemError(problems);
}
