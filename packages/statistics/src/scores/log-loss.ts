import { weightedMean } from '../column.ts';
import type { ProbabilityTable } from './probability-table.ts';

/**
 * Mean of -ln of the probability that was given to what came true, clipped at the smallest step of a double so that
 * one sure mistake costs 36 and not infinity. 0 is perfect, lower is better. scikit-learn: `log_loss`.
 */
export function logLoss({ truth, columns, weights }: ProbabilityTable): number {
  const [least, most] = [Number.EPSILON, 1 - Number.EPSILON];
  return weightedMean(weights, (row) => {
    const probability = columns[truth[row] ?? 0]?.[row] ?? Number.NaN;
    return -Math.log(Math.min(most, Math.max(least, probability)));
  });
}
