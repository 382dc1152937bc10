import { rocRates, type ThresholdCurve } from './threshold-curve.ts';

/**
 * Area under the ROC curve up to a false positive rate, moved so that chance is 0.5 and a perfect model 1 (McClish).
 * Higher is better; NaN where a class has no rows. scikit-learn: `roc_auc_score(max_fpr=)`.
 */
export function partialRocAuc(curve: ThresholdCurve, largestFalsePositiveRate: number): number {
  const { truePositiveRates, falsePositiveRates } = rocRates(curve);
  let [area, before, right] = [0, 0, 0];
  for (let point = 0; point < curve.thresholds.length && right < largestFalsePositiveRate; point++) {
    const [rate, end] = [truePositiveRates[point] ?? 0, falsePositiveRates[point] ?? 0];
    const cut = Math.min(end, largestFalsePositiveRate);
    const atCut = cut === end ? rate : before + ((cut - right) / (end - right)) * (rate - before);
    area += ((cut - right) * (before + atCut)) / 2;
    [before, right] = [rate, end];
  }
  const ofChance = largestFalsePositiveRate ** 2 / 2;
  return 0.5 * (1 + (area - ofChance) / (largestFalsePositiveRate - ofChance));
}
