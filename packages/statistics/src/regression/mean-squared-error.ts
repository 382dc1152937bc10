import { weightedMean } from '../column.ts';
import { type Amounts, residualAt } from './amounts.ts';

/**
 * Mean squared distance of prediction and truth: few large errors weigh more than many small ones. Its root is in the
 * target's unit. Lower is better. scikit-learn: `mean_squared_error`, `root_mean_squared_error`.
 */
export function meanSquaredError(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => residualAt(amounts, row) ** 2);
}
