import type { ThresholdCurve } from './threshold-curve.ts';

/**
 * Chance that a positive row has a higher score than a negative one; ties count half.
 * Range 0 to 1, higher is better, 0.5 is chance; NaN where a class has no rows. scikit-learn: `roc_auc_score`.
 */
export function rocAuc({ thresholds, truePositives, falsePositives }: ThresholdCurve): number {
  const last = thresholds.length - 1;
  let [area, before, right] = [0, 0, 0];
  for (let point = 0; point <= last; point++) {
    const [positive, negative] = [truePositives[point] ?? 0, falsePositives[point] ?? 0];
    area += ((negative - right) * (positive + before)) / 2;
    before = positive;
    right = negative;
  }
  return area / (before * right);
}
