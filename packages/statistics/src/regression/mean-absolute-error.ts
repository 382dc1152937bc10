import { weightedMean } from '../column.ts';
import { type Amounts, residualAt } from './amounts.ts';

/** Mean distance of prediction and truth, in the target's unit. Lower is better. scikit-learn: `mean_absolute_error`. */
export function meanAbsoluteError(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => Math.abs(residualAt(amounts, row)));
}
