import type { GroupGaps } from './group-gaps.ts';

export interface EqualizedOdds extends GroupGaps {
  readonly meanDifference: number;
  readonly meanRatio: number;
}

/** Python's min and max: a NaN first stays, a NaN second is passed over. Fairlearn's figures depend on it. */
const firstUnless = (a: number, b: number, isBetter: boolean) => (isBetter ? b : a);

function meanOf(a: number, b: number): number {
  if (Number.isNaN(a)) return b;
  return Number.isNaN(b) ? a : (a + b) / 2;
}

/**
 * Whether positives and negatives fare alike in all groups: the worse of the gaps in true and in false positive rate, and
 * their mean. Difference 0 is even, ratio 1. Fairlearn: `equalized_odds_difference`, `equalized_odds_ratio`
 * (`agg='mean'`).
 */
export function equalizedOdds(truePositiveRate: GroupGaps, falsePositiveRate: GroupGaps): EqualizedOdds {
  const [a, b] = [truePositiveRate, falsePositiveRate];
  return {
    difference: firstUnless(a.difference, b.difference, b.difference > a.difference),
    ratio: firstUnless(a.ratio, b.ratio, b.ratio < a.ratio),
    meanDifference: meanOf(a.difference, b.difference),
    meanRatio: meanOf(a.ratio, b.ratio),
  };
}
