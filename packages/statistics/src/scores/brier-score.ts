import { weightedMean } from '../column.ts';
import type { ProbabilityTable } from './probability-table.ts';

/** Squared distance of a row's probabilities to what came true, summed over the classes. */
export function squaredDistance({ truth, columns }: ProbabilityTable, row: number): number {
  return columns.reduce((sum, column, index) => {
    const hit = truth[row] === index ? 1 : 0;
    return sum + (hit - (column[row] ?? Number.NaN)) ** 2;
  }, 0);
}

/** What a row adds to the Brier score: of two classes only one counts, as the other's distance is the same. */
export function rowBrier(table: ProbabilityTable, row: number): number {
  const distance = squaredDistance(table, row);
  return table.columns.length < 3 ? distance / 2 : distance;
}

/**
 * Mean squared distance of probabilities to what came true: calibration and sharpness in one. Lower is better.
 * Two classes: of the positive one's probability, 0 to 1. More: summed over the classes, 0 to 2.
 * scikit-learn: `brier_score_loss`.
 */
export function brierScore(table: ProbabilityTable): number {
  return weightedMean(table.weights, (row) => rowBrier(table, row));
}
