import { sumOf } from '../column.ts';
import { countClasses } from './class-counts.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/**
 * Correlation of true and predicted classes, which a rare class cannot flatter.
 * Range -1 to 1, higher is better, 0 is chance; 0 where either side is constant. scikit-learn: `matthews_corrcoef`.
 */
export function matthewsCorrelation(matrix: ConfusionMatrix): number {
  const classes = countClasses(matrix);
  const rows = sumOf(classes.map(({ actual }) => actual));
  const right = sumOf(classes.map(({ truePositives }) => truePositives));
  const covariance = right * rows - sumOf(classes.map(({ actual, predicted }) => actual * predicted));
  const predictedVariance = rows ** 2 - sumOf(classes.map(({ predicted }) => predicted ** 2));
  const actualVariance = rows ** 2 - sumOf(classes.map(({ actual }) => actual ** 2));
  const product = predictedVariance * actualVariance;
  return product === 0 ? 0 : covariance / Math.sqrt(product);
}
