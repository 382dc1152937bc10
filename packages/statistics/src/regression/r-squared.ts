import { weightedVariance } from '../column.ts';
import { type Amounts, explainedShare, truthAt } from './amounts.ts';
import { meanSquaredError } from './mean-squared-error.ts';

/**
 * Share of the variance of the truth that the predictions take away: 1 is perfect, 0 no better than the mean, below 0
 * worse. A constant truth gives 1 or 0; one row NaN. scikit-learn: `r2_score`.
 */
export function rSquared(amounts: Amounts): number {
  if (amounts.weights.length < 2) return Number.NaN;
  const variance = weightedVariance(amounts.weights, (row) => truthAt(amounts, row));
  return explainedShare(meanSquaredError(amounts), variance);
}
