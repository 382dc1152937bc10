import { type ClassCounts, shareOrZero } from './class-counts.ts';

/**
 * Rows that are of a class and were predicted so, among those that are either.
 * Range 0 to 1, higher is better; 0 where there are none. scikit-learn: `jaccard_score`.
 */
export function jaccard({ truePositives, predicted, actual }: ClassCounts): number {
  return shareOrZero(truePositives, predicted + actual - truePositives);
}
