import { type Column, evenWeights, weightedMean } from '../column.ts';

/**
 * Inequality of what rows get from the model: benefit = predicted - true + 1, so 0 for a missed positive, 2 for a gift.
 * 0 is even, lower is better; NaN where nobody gets anything. Rows are not weighted, and groups do not matter.
 * AIF360: `theil_index`.
 */
export function theilIndex(isPositive: Column, isPredicted: Column): number {
  const even = evenWeights(isPositive.length);
  const benefitOf = (row: number) => 1 + (isPredicted[row] ?? 0) - (isPositive[row] ?? 0);
  const mean = weightedMean(even, benefitOf);
  if (mean === 0) return Number.NaN;
  return weightedMean(even, (row) => {
    const share = benefitOf(row) / mean;
    return share === 0 ? 0 : share * Math.log(share);
  });
}
