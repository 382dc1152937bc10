import { weightedMean } from '../column.ts';
import { type Amounts, predictionAt, truthAt } from './amounts.ts';

/**
 * Mean deviance under a gamma distribution, for amounts whose error grows with them. Lower is better; NaN where a
 * truth or a prediction is not above 0. scikit-learn: `mean_gamma_deviance`.
 */
export function gammaDeviance(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => {
    const [truth, prediction] = [truthAt(amounts, row), predictionAt(amounts, row)];
    if (truth <= 0 || prediction <= 0) return Number.NaN;
    return 2 * (Math.log(prediction / truth) + truth / prediction - 1);
  });
}
