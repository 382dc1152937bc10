import { type ClassCounts, shareOrZero } from './class-counts.ts';

/**
 * Share of the rows predicted to be of a class that are.
 * Range 0 to 1, higher is better; 0 where none was predicted. scikit-learn: `precision_score`.
 */
export function precision({ truePositives, predicted }: ClassCounts): number {
  return shareOrZero(truePositives, predicted);
}
