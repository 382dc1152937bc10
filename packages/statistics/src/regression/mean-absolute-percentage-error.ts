import { weightedMean } from '../column.ts';
import { type Amounts, residualAt, truthAt } from './amounts.ts';

/**
 * Mean distance as a fraction of the true amount (0.1 is 10 %). Enormous where a true amount is 0, which counts as the
 * smallest step of a double. Lower is better. scikit-learn: `mean_absolute_percentage_error`.
 */
export function meanAbsolutePercentageError(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => {
    const size = Math.max(Math.abs(truthAt(amounts, row)), Number.EPSILON);
    return Math.abs(residualAt(amounts, row)) / size;
  });
}
