import { weightedVariance } from '../column.ts';
import { type Amounts, explainedShare, residualAt, truthAt } from './amounts.ts';

/**
 * As R², but blind to a constant shift of all predictions: the variance of the errors, not their size. At most 1,
 * higher is better. scikit-learn: `explained_variance_score`.
 */
export function explainedVariance(amounts: Amounts): number {
  return explainedShare(
    weightedVariance(amounts.weights, (row) => residualAt(amounts, row)),
    weightedVariance(amounts.weights, (row) => truthAt(amounts, row)),
  );
}
