import { weightedMean } from '../column.ts';
import type { ProbabilityTable } from './probability-table.ts';

/**
 * Share of the rows whose class is among the `k` highest scores. Of equal scores the later class comes first, as in
 * scikit-learn's `top_k_accuracy_score`. Range 0 to 1, higher is better; 1 where there are no more than k classes.
 */
export function topKAccuracy({ truth, columns, weights }: ProbabilityTable, k: number): number {
  return weightedMean(weights, (row) => {
    const own = truth[row] ?? 0;
    const score = columns[own]?.[row] ?? Number.NaN;
    const before = columns.filter((column, index) => {
      const other = column[row] ?? Number.NaN;
      return other > score || (other === score && index > own);
    });
    return before.length < k ? 1 : 0;
  });
}
