import { type Amounts, explainedShare } from './amounts.ts';
import { pinballLoss } from './pinball-loss.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/**
 * Share of the pinball loss of "always the quantile of the truth" that the predictions take away; at 0.5 that of the
 * absolute error. 1 is perfect, 0 no better than the constant; one row NaN. scikit-learn: `d2_pinball_score`,
 * `d2_absolute_error_score`.
 */
export function d2Pinball(amounts: Amounts, share: number): number {
  if (amounts.weights.length < 2) return Number.NaN;
  const quantile = weightedQuantile(amounts.truth, amounts.weights, share);
  const constant = { ...amounts, prediction: new Float64Array(amounts.truth.length).fill(quantile) };
  return explainedShare(pinballLoss(amounts, share), pinballLoss(constant, share));
}
