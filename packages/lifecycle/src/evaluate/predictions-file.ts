import type { Cell } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Task } from './interpret-predictions.ts';
import type { RawPredictions } from './model-outputs.ts';
import { evaluationProblems } from './problems.ts';
import { columnOf, type TestTable } from './test-table.ts';

/** Where predictions stand in a table. */
export interface PredictionColumns {
  readonly prediction: string | undefined;
  readonly score: string | undefined;
  /** One a label, in the order of the sorted labels. */
  readonly scores: readonly string[];
}

/** The columns that were named; without any, `prediction` and `score` where they are there. */
export function resolveColumns(named: Partial<PredictionColumns>, names: readonly string[]): PredictionColumns {
  const scores = named.scores ?? [];
  const present = (name: string) => (names.includes(name) ? name : undefined);
  if (named.prediction !== undefined || named.score !== undefined || scores.length > 0)
    return { prediction: named.prediction, score: named.score, scores };
  return { prediction: present('prediction') ?? 'prediction', score: present('score'), scores: [] };
}

export function columnNames({ prediction, score, scores }: PredictionColumns): readonly string[] {
  return [prediction, score, ...scores].filter((name) => name !== undefined);
}

/** Scores speak for classes, fractions for amounts; whole numbers alone may be either, so nobody guesses: `task-unknown`. */
export function taskOfColumns(truth: readonly Cell[], columns: PredictionColumns, target: string): Task | undefined {
  if (columns.scores.length > 0 || columns.score !== undefined) return undefined;
  if (truth.some((cell) => typeof cell === 'string' || typeof cell === 'boolean')) return undefined;
  if (truth.some((cell) => !Number.isInteger(Number(cell)))) return 'regression';
  if (new Set(truth).size <= 2) return 'binary';
  throw new ProblemError(evaluationProblems.taskUnknown(target));
}

function numbersOf(column: readonly Cell[]): readonly number[] {
  return column.map((cell) => (typeof cell === 'number' || typeof cell === 'bigint' ? Number(cell) : Number.NaN));
}

/** The predictions of a table, as a model would have answered them. Problem `column-missing`. */
export function readPredictions(
  table: TestTable,
  columns: PredictionColumns,
  { task, where }: { readonly task: Task | undefined; readonly where: string },
): RawPredictions {
  const read = (name: string) => columnOf(table, name, where);
  const prediction = columns.prediction === undefined ? null : read(columns.prediction);
  if (task === 'regression' && prediction !== null) return { labels: null, scores: [numbersOf(prediction)] };
  const scores = columns.scores.length > 0 ? columns.scores : columns.score === undefined ? [] : [columns.score];
  return { labels: prediction, scores: scores.map((name) => numbersOf(read(name))) };
}
