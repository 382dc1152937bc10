import { type Column, sumOf } from '../column.ts';

/** What a group comes to in a binary task, in weight of rows. */
export interface BinaryCounts {
  readonly truePositives: number;
  readonly falsePositives: number;
  readonly falseNegatives: number;
  readonly trueNegatives: number;
}

export interface BinaryRates {
  readonly selectionRate: number;
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
  readonly trueNegativeRate: number;
  readonly falseNegativeRate: number;
}

/** Counts of each group. `cell` of a row is 4 × its group + 2 × (is positive) + (is predicted positive). */
export function countBinary(cell: Column, weights: Column, groupCount: number): readonly BinaryCounts[] {
  const sums = new Float64Array(4 * groupCount);
  for (let row = 0; row < cell.length; row++) {
    const index = cell[row] ?? 0;
    sums[index] = (sums[index] ?? 0) + (weights[row] ?? 0);
  }
  return binaryCountsOf(sums);
}

function binaryCountsOf(sums: Column): readonly BinaryCounts[] {
  return Array.from({ length: sums.length / 4 }, (_, group) => ({
    trueNegatives: sums[4 * group] ?? 0,
    falsePositives: sums[4 * group + 1] ?? 0,
    falseNegatives: sums[4 * group + 2] ?? 0,
    truePositives: sums[4 * group + 3] ?? 0,
  }));
}

/** Groups taken as one. */
export function poolBinary(counts: readonly BinaryCounts[]): BinaryCounts {
  return {
    truePositives: sumOf(counts.map(({ truePositives }) => truePositives)),
    falsePositives: sumOf(counts.map(({ falsePositives }) => falsePositives)),
    falseNegatives: sumOf(counts.map(({ falseNegatives }) => falseNegatives)),
    trueNegatives: sumOf(counts.map(({ trueNegatives }) => trueNegatives)),
  };
}

/**
 * Shares of a group: who is selected (predicted positive), and how its positives and negatives fare. As Fairlearn has
 * it, rates of positives are 0 in a group that has none, and so are rates of negatives. Range 0 to 1.
 */
export function binaryRates(counts: BinaryCounts): BinaryRates {
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = counts;
  const [positives, negatives] = [truePositives + falseNegatives, falsePositives + trueNegatives];
  const share = (part: number, whole: number) => (whole === 0 ? 0 : part / whole);
  return {
    selectionRate: (truePositives + falsePositives) / (positives + negatives),
    truePositiveRate: share(truePositives, positives),
    falseNegativeRate: share(falseNegatives, positives),
    falsePositiveRate: share(falsePositives, negatives),
    trueNegativeRate: share(trueNegatives, negatives),
  };
}
