import { weightedMean } from '../column.ts';
import { type Amounts, predictionAt, truthAt } from './amounts.ts';

/**
 * Mean deviance under a Poisson distribution, for counts and frequencies. Lower is better; NaN where a truth is
 * negative or a prediction not above 0. scikit-learn: `mean_poisson_deviance`.
 */
export function poissonDeviance(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => {
    const [truth, prediction] = [truthAt(amounts, row), predictionAt(amounts, row)];
    if (truth < 0 || prediction <= 0) return Number.NaN;
    const surprise = truth === 0 ? 0 : truth * Math.log(truth / prediction);
    return 2 * (surprise - truth + prediction);
  });
}
