import { largestOf } from '../column.ts';
import { type Amounts, residualAt } from './amounts.ts';

/** The greatest distance of any row, whatever its weight. Lower is better. scikit-learn: `max_error`. */
export function maxError(amounts: Amounts): number {
  return largestOf(amounts.truth.length, (row) => Math.abs(residualAt(amounts, row)));
}
