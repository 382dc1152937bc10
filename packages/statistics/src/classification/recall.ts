import { type ClassCounts, shareOrZero } from './class-counts.ts';

/**
 * Share of the rows of a class that were found; of the negative class it is the specificity.
 * Range 0 to 1, higher is better; 0 where the class has no rows. scikit-learn: `recall_score`.
 */
export function recall({ truePositives, actual }: ClassCounts): number {
  return shareOrZero(truePositives, actual);
}
