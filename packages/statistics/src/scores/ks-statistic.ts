import { largestOf } from '../column.ts';
import { rocRates, type ThresholdCurve } from './threshold-curve.ts';

/**
 * Greatest distance between the score distributions of positives and negatives (two-sample Kolmogorov-Smirnov).
 * Range 0 to 1, higher separates better; NaN where a class has no rows. SciPy: `ks_2samp(…).statistic`.
 */
export function ksStatistic(curve: ThresholdCurve): number {
  if (curve.thresholds.length === 0) return Number.NaN;
  const { truePositiveRates, falsePositiveRates } = rocRates(curve);
  return largestOf(curve.thresholds.length, (point) =>
    Math.abs((truePositiveRates[point] ?? 0) - (falsePositiveRates[point] ?? 0)),
  );
}
