import { confusionMatrix } from '@model-gitops/statistics';
import type { Cell } from '../../ports/index.ts';
import type { Task } from '../interpret-predictions.ts';
import { sortedLabels } from '../labels.ts';

/** Rows as they are scored: all of them, one group or one slice. One kind of array throughout: mixed kinds cost threefold. */
export interface ScoredTable {
  readonly task: Task;
  readonly truth: readonly Cell[];
  readonly prediction: readonly Cell[];
  /** Score of the positive label, a binary task only. */
  readonly score?: Float64Array;
  readonly scores?: { readonly labels: readonly Cell[]; readonly columns: readonly Float64Array[] };
  readonly positive?: Cell;
  readonly weights: Float64Array;
}

/** The rows at those places, as a table of its own: its labels are those that it holds. */
export function pickRows(table: ScoredTable, places: readonly number[]): ScoredTable {
  const pick = <Value>(values: readonly Value[]) => places.map((place) => values[place] as Value);
  const pickNumbers = (values: Float64Array) => Float64Array.from(places, (place) => values[place] ?? 0);
  const { score, scores } = table;
  return {
    ...table,
    truth: pick(table.truth),
    prediction: pick(table.prediction),
    weights: pickNumbers(table.weights),
    ...(score === undefined ? {} : { score: pickNumbers(score) }),
    ...(scores === undefined ? {} : { scores: { labels: scores.labels, columns: scores.columns.map(pickNumbers) } }),
  };
}

/** Labels as numbers, in the order of the sorted labels. */
export interface CodedLabels {
  readonly labels: readonly Cell[];
  readonly truth: Int32Array;
  readonly prediction: Int32Array;
}

export function codeOf(labels: readonly Cell[]): (cell: Cell) => number {
  const codes = new Map(labels.map((label, code) => [label, code]));
  return (cell) => codes.get(cell) ?? -1;
}

export function codeLabels({ truth, prediction }: ScoredTable): CodedLabels {
  const labels = sortedLabels([...new Set(truth)], [...new Set(prediction)]);
  const code = codeOf(labels);
  return { labels, truth: Int32Array.from(truth, code), prediction: Int32Array.from(prediction, code) };
}

export function matrixOf({ labels, truth, prediction }: CodedLabels, weights: ArrayLike<number>) {
  return confusionMatrix({ truth, prediction, weights, classCount: labels.length });
}

/** 1 where a row holds the positive label, else 0. */
export function positivesOf(cells: readonly Cell[], positive: Cell | undefined): Float64Array {
  return Float64Array.from(cells, (cell) => (cell === positive ? 1 : 0));
}
