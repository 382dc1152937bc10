import type { ThresholdCurve } from './threshold-curve.ts';

/**
 * Precision averaged over the positives as they are found from the highest score down, without interpolation.
 * Range 0 to 1, higher is better, chance is the share of positives; 0 without positives.
 * scikit-learn: `average_precision_score`.
 */
export function averagePrecision({ thresholds, truePositives, falsePositives }: ThresholdCurve): number {
  const positives = truePositives[thresholds.length - 1] ?? 0;
  if (positives === 0) return 0;
  let [sum, before] = [0, 0];
  for (let point = 0; point < thresholds.length; point++) {
    const [found, wrong] = [truePositives[point] ?? 0, falsePositives[point] ?? 0];
    sum += (found - before) * (found / (found + wrong));
    before = found;
  }
  return sum / positives;
}
