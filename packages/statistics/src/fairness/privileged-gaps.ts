import type { BinaryCounts } from './binary-rates.ts';

export interface PrivilegedGaps {
  readonly statisticalParityDifference: number;
  readonly disparateImpact: number;
  readonly averageOddsDifference: number;
  readonly equalOpportunityDifference: number;
}

function ratesOf({ truePositives, falsePositives, falseNegatives, trueNegatives }: BinaryCounts) {
  const [positives, negatives] = [truePositives + falseNegatives, falsePositives + trueNegatives];
  return {
    selection: (truePositives + falsePositives) / (positives + negatives),
    truePositive: truePositives / positives,
    falsePositive: falsePositives / negatives,
  };
}

/**
 * Unprivileged rows against privileged ones: selection rate by difference and by ratio (1 is even, US practice asks for
 * 0.8), mean gap of true and false positive rate, gap of the true positive rate. Differences run from -1 to 1, negative
 * where the unprivileged fare worse. Unlike Fairlearn's, a rate of no rows is NaN. AIF360: `ClassificationMetric`.
 */
export function privilegedGaps(privileged: BinaryCounts, unprivileged: BinaryCounts): PrivilegedGaps {
  const [better, other] = [ratesOf(privileged), ratesOf(unprivileged)];
  const truePositiveGap = other.truePositive - better.truePositive;
  return {
    statisticalParityDifference: other.selection - better.selection,
    disparateImpact: other.selection / better.selection,
    averageOddsDifference: (other.falsePositive - better.falsePositive + truePositiveGap) / 2,
    equalOpportunityDifference: truePositiveGap,
  };
}
