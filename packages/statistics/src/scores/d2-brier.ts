import { weightedMean } from '../column.ts';
import { squaredDistance } from './brier-score.ts';
import type { ProbabilityTable } from './probability-table.ts';

/**
 * Share of the Brier score of "always the classes' shares" that the model takes away.
 * 1 is perfect, 0 no better than the shares; NaN for one row or one class. scikit-learn: `d2_brier_score`.
 */
export function d2Brier(table: ProbabilityTable): number {
  const { truth, columns, weights } = table;
  if (weights.length < 2) return Number.NaN;
  const shares = columns.map((_, index) => weightedMean(weights, (row) => (truth[row] === index ? 1 : 0)));
  const constant = columns.map((_, index) => new Float64Array(weights.length).fill(shares[index] ?? 0));
  const reference = { truth, columns: constant, weights };
  const ofReference = weightedMean(weights, (row) => squaredDistance(reference, row));
  if (ofReference === 0) return Number.NaN;
  return 1 - weightedMean(weights, (row) => squaredDistance(table, row)) / ofReference;
}
