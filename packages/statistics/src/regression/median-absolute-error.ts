import { type Amounts, residualAt } from './amounts.ts';
import { weightedQuantile } from './weighted-quantile.ts';

/**
 * The distance that half of the rows stay below: outliers do not move it. In the target's unit, lower is better.
 * scikit-learn: `median_absolute_error`.
 */
export function medianAbsoluteError(amounts: Amounts): number {
  const distances = Float64Array.from(amounts.weights, (_, row) => Math.abs(residualAt(amounts, row)));
  return weightedQuantile(distances, amounts.weights, 0.5);
}
