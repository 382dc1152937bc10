import { weightedMean } from '../column.ts';
import { type Amounts, predictionAt, truthAt } from './amounts.ts';

/**
 * Mean squared distance of ln(1 + amount): errors in proportion rather than in size. Lower is better; NaN where an
 * amount is -1 or less. scikit-learn: `mean_squared_log_error`.
 */
export function meanSquaredLogError(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => {
    const [truth, prediction] = [truthAt(amounts, row), predictionAt(amounts, row)];
    if (truth <= -1 || prediction <= -1) return Number.NaN;
    return (Math.log1p(truth) - Math.log1p(prediction)) ** 2;
  });
}
