import type { Column } from '../column.ts';

/** Rows with one probability a class. */
export interface ProbabilityTable {
  /** Class of each row, as the number of its column. */
  readonly truth: Column;
  readonly columns: readonly Column[];
  readonly weights: Column;
}

/** Two classes from the probability of the second. */
export function binaryTable(isPositive: Column, score: Column, weights: Column): ProbabilityTable {
  const complement = Float64Array.from({ length: score.length }, (_, row) => 1 - (score[row] ?? 0));
  return { truth: isPositive, columns: [complement, score], weights };
}

/** Scores that are no probabilities (margins, log odds) have no log loss, Brier score or calibration. */
export function areProbabilities(columns: readonly Column[]): boolean {
  return columns.every((column) => {
    for (let row = 0; row < column.length; row++) {
      const value = column[row] ?? Number.NaN;
      if (!(value >= 0 && value <= 1)) return false;
    }
    return true;
  });
}

/** Whether the probabilities of every row sum to 1, as closely as two decimals can: files hold rounded ones. */
export function sumToOne(columns: readonly Column[]): boolean {
  return Array.from({ length: columns[0]?.length ?? 0 }, (_, row) =>
    columns.reduce((sum, column) => sum + (column[row] ?? 0), 0),
  ).every((sum) => Math.abs(sum - 1) <= 0.01 * Math.max(1, columns.length / 2));
}
