import type { Column } from '../column.ts';

/** Rows with a score of being positive. */
export interface ScoredRows {
  /** 1 where the row is positive, else 0. */
  readonly isPositive: Column;
  readonly score: Column;
  readonly weights: Column;
}

/** What is predicted positive at each distinct score as threshold, from the highest down. Weights of rows. */
export interface ThresholdCurve {
  readonly thresholds: Column;
  readonly truePositives: Column;
  readonly falsePositives: Column;
}

/** The rows from the highest score to the lowest. Sorting is most of the work, so it can be done once for many weights. */
export function rankRows(score: Column): Uint32Array {
  const order = Uint32Array.from({ length: score.length }, (_, row) => row);
  return order.sort((a, b) => (score[b] ?? 0) - (score[a] ?? 0));
}

/** Rows of equal score are one point of the curve; rows without weight are none. */
export function thresholdCurve(
  { isPositive, score, weights }: ScoredRows,
  order: Column = rankRows(score),
): ThresholdCurve {
  const [thresholds, truePositives, falsePositives] = [[], [], []] as [number[], number[], number[]];
  let [positive, negative] = [0, 0];
  for (let place = 0; place < order.length; place++) {
    const row = order[place] ?? 0;
    const [weight, threshold] = [weights[row] ?? 0, score[row] ?? 0];
    if (weight === 0) continue;
    if (isPositive[row] === 1) positive += weight;
    else negative += weight;
    const point = threshold === thresholds.at(-1) ? thresholds.length - 1 : thresholds.length;
    thresholds[point] = threshold;
    truePositives[point] = positive;
    falsePositives[point] = negative;
  }
  return { thresholds, truePositives, falsePositives };
}

/** A point of the curve in shares of all positives and all negatives. */
export interface RatePoint {
  readonly threshold: number;
  readonly truePositiveRate: number;
  readonly falsePositiveRate: number;
}

/** The ROC curve from (0, 0) at threshold Infinity to (1, 1). NaN rates where a class has no rows. */
export function rocPoints({ thresholds, truePositives, falsePositives }: ThresholdCurve): readonly RatePoint[] {
  const last = thresholds.length - 1;
  const [positives, negatives] = [truePositives[last] || Number.NaN, falsePositives[last] || Number.NaN];
  const start = { threshold: Number.POSITIVE_INFINITY, truePositiveRate: 0, falsePositiveRate: 0 };
  const rest = Array.from(thresholds, (threshold, point) => ({
    threshold,
    truePositiveRate: (truePositives[point] ?? 0) / positives,
    falsePositiveRate: (falsePositives[point] ?? 0) / negatives,
  }));
  return [start, ...rest];
}
