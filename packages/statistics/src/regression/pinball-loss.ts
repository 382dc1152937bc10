import { weightedMean } from '../column.ts';
import { type Amounts, residualAt } from './amounts.ts';

/**
 * Mean loss of a forecast of the quantile `share`: being too low costs `share` a unit, too high 1 - `share`.
 * In the target's unit, lower is better. scikit-learn: `mean_pinball_loss`.
 */
export function pinballLoss(amounts: Amounts, share: number): number {
  return weightedMean(amounts.weights, (row) => {
    const residual = residualAt(amounts, row);
    return residual >= 0 ? share * residual : (share - 1) * residual;
  });
}
