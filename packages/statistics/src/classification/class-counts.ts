import { sumOf } from '../column.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/** What one class against the rest comes to, in weight of rows. */
export interface ClassCounts {
  readonly truePositives: number;
  /** Rows that were predicted to be of the class. */
  readonly predicted: number;
  /** Rows that are of the class: its support. */
  readonly actual: number;
}

/** The counts of every class, in the order of the matrix. */
export function countClasses(matrix: ConfusionMatrix): readonly ClassCounts[] {
  return matrix.map((row, index) => ({
    truePositives: row[index] ?? 0,
    predicted: sumOf(matrix.map((other) => other[index] ?? 0)),
    actual: sumOf(row),
  }));
}

/** All classes as one, for micro averages. */
export function poolClasses(classes: readonly ClassCounts[]): ClassCounts {
  return {
    truePositives: sumOf(classes.map(({ truePositives }) => truePositives)),
    predicted: sumOf(classes.map(({ predicted }) => predicted)),
    actual: sumOf(classes.map(({ actual }) => actual)),
  };
}

/** scikit-learn's `zero_division=0`: a share of nothing is 0, so that it never passes for a good one. */
export function shareOrZero(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
