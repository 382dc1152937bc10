import { rocRates, type ThresholdCurve } from './threshold-curve.ts';

/**
 * The score from which to predict positive so that recall + specificity is greatest (Youden's J); the highest of
 * equally good ones, Infinity where predicting nothing is best. A setting, no quality: it has no direction.
 * NaN where a class has no rows. scikit-learn: the threshold of `roc_curve` with the greatest tpr - fpr.
 */
export function youdenThreshold(curve: ThresholdCurve): number {
  if (curve.thresholds.length === 0) return Number.NaN;
  const { truePositiveRates, falsePositiveRates } = rocRates(curve);
  let [best, threshold] = [0, Number.POSITIVE_INFINITY];
  for (let point = 0; point < curve.thresholds.length; point++) {
    const distance = (truePositiveRates[point] ?? 0) - (falsePositiveRates[point] ?? 0);
    if (Number.isNaN(distance)) return Number.NaN;
    if (distance > best) [best, threshold] = [distance, curve.thresholds[point] ?? 0];
  }
  return threshold;
}
