import type { ThresholdCurve } from './threshold-curve.ts';

/**
 * Area under the precision-recall curve with straight lines between its points, from recall 0 and precision 1.
 * Range 0 to 1, higher is better; too hopeful where scores are few, as the lines are: `averagePrecision` is not.
 * NaN without positives. scikit-learn: `auc` of `precision_recall_curve`.
 */
export function prAucTrapezoid({ thresholds, truePositives, falsePositives }: ThresholdCurve): number {
  const positives = truePositives[thresholds.length - 1] ?? 0;
  let [area, recall, precision] = [0, 0, 1];
  for (let point = 0; point < thresholds.length; point++) {
    const [found, wrong] = [truePositives[point] ?? 0, falsePositives[point] ?? 0];
    const [nextRecall, nextPrecision] = [found / positives, found / (found + wrong)];
    area += ((nextRecall - recall) * (precision + nextPrecision)) / 2;
    [recall, precision] = [nextRecall, nextPrecision];
  }
  return positives === 0 ? Number.NaN : area;
}
