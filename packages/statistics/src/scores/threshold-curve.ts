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
  const thresholds = new Float64Array(order.length);
  const truePositives = new Float64Array(order.length);
  const falsePositives = new Float64Array(order.length);
  let [positive, negative, points, last] = [0, 0, 0, Number.NaN];
  for (let place = 0; place < order.length; place++) {
    const row = order[place] ?? 0;
    const [weight, threshold] = [weights[row] ?? 0, score[row] ?? 0];
    if (weight === 0) continue;
    if (isPositive[row] === 1) positive += weight;
    else negative += weight;
    if (threshold !== last) points++;
    last = threshold;
    thresholds[points - 1] = threshold;
    truePositives[points - 1] = positive;
    falsePositives[points - 1] = negative;
  }
  return {
    thresholds: thresholds.subarray(0, points),
    truePositives: truePositives.subarray(0, points),
    falsePositives: falsePositives.subarray(0, points),
  };
}

/** Rates at each threshold: the ROC curve without its first point (0, 0). NaN where a class has no rows. */
export interface RocRates {
  readonly truePositiveRates: Float64Array;
  readonly falsePositiveRates: Float64Array;
}

/** A plain loop: `Float64Array.from` with a function takes three times as long, and there may be a million points. */
function shares(weights: Column, whole: number): Float64Array {
  const rates = new Float64Array(weights.length);
  for (let point = 0; point < weights.length; point++) rates[point] = (weights[point] ?? 0) / whole;
  return rates;
}

export function rocRates({ thresholds, truePositives, falsePositives }: ThresholdCurve): RocRates {
  const last = thresholds.length - 1;
  const [positives, negatives] = [truePositives[last] || Number.NaN, falsePositives[last] || Number.NaN];
  return {
    truePositiveRates: shares(truePositives, positives),
    falsePositiveRates: shares(falsePositives, negatives),
  };
}
