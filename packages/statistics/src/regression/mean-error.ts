import { weightedMean } from '../column.ts';
import { type Amounts, residualAt } from './amounts.ts';

/** Mean of prediction - truth: whether the model is too high (positive) or too low on the whole. 0 is best. */
export function meanError(amounts: Amounts): number {
  return weightedMean(amounts.weights, (row) => -residualAt(amounts, row));
}
