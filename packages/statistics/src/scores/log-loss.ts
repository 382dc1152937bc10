import { weightedMean } from '../column.ts';
import type { ProbabilityTable } from './probability-table.ts';

/** -ln of the probability that a row gave to what came true. */
export function rowLogLoss({ truth, columns }: ProbabilityTable, row: number): number {
  const probability = columns[truth[row] ?? 0]?.[row] ?? Number.NaN;
  return -Math.log(Math.min(1 - Number.EPSILON, Math.max(Number.EPSILON, probability)));
}

/**
 * Mean of -ln of the probability that was given to what came true, clipped at the smallest step of a double so that
 * one sure mistake costs 36 and not infinity. 0 is perfect, lower is better. scikit-learn: `log_loss`.
 */
export function logLoss(table: ProbabilityTable): number {
  return weightedMean(table.weights, (row) => rowLogLoss(table, row));
}
