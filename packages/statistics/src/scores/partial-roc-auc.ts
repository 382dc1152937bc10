import { type RatePoint, rocPoints, type ThresholdCurve } from './threshold-curve.ts';

const trapezoid = (a: RatePoint, b: RatePoint) =>
  ((b.falsePositiveRate - a.falsePositiveRate) * (a.truePositiveRate + b.truePositiveRate)) / 2;

/** The point at which the line from a to b reaches that false positive rate. */
function cutAt(rate: number, a: RatePoint, b: RatePoint): RatePoint {
  const share = (rate - a.falsePositiveRate) / (b.falsePositiveRate - a.falsePositiveRate);
  const truePositiveRate = a.truePositiveRate + share * (b.truePositiveRate - a.truePositiveRate);
  return { threshold: b.threshold, falsePositiveRate: rate, truePositiveRate };
}

/**
 * Area under the ROC curve up to a false positive rate, moved so that chance is 0.5 and a perfect model 1 (McClish).
 * Higher is better; NaN where a class has no rows. scikit-learn: `roc_auc_score(max_fpr=)`.
 */
export function partialRocAuc(curve: ThresholdCurve, largestFalsePositiveRate: number): number {
  const points = rocPoints(curve);
  let area = 0;
  for (let index = 1; index < points.length; index++) {
    const [from, to] = [points[index - 1], points[index]];
    if (from === undefined || to === undefined || from.falsePositiveRate >= largestFalsePositiveRate) break;
    const isBeyond = to.falsePositiveRate > largestFalsePositiveRate;
    area += trapezoid(from, isBeyond ? cutAt(largestFalsePositiveRate, from, to) : to);
  }
  const ofChance = largestFalsePositiveRate ** 2 / 2;
  return 0.5 * (1 + (area - ofChance) / (largestFalsePositiveRate - ofChance));
}
