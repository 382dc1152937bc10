import { sumOf } from '../column.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

function presentRecalls(matrix: ConfusionMatrix): readonly number[] {
  return matrix.map((row, index) => (row[index] ?? 0) / sumOf(row)).filter((share) => !Number.isNaN(share));
}

/**
 * Mean recall of the classes that have rows: accuracy as if all classes were as frequent.
 * Range 0 to 1, higher is better. scikit-learn: `balanced_accuracy_score`.
 */
export function balancedAccuracy(matrix: ConfusionMatrix): number {
  const recalls = presentRecalls(matrix);
  return sumOf(recalls) / recalls.length;
}

/**
 * Balanced accuracy moved so that chance is 0 and a perfect model 1. NaN where only one class has rows.
 * scikit-learn: `balanced_accuracy_score(adjusted=True)`.
 */
export function adjustedBalancedAccuracy(matrix: ConfusionMatrix): number {
  const chance = 1 / presentRecalls(matrix).length;
  return chance === 1 ? Number.NaN : (balancedAccuracy(matrix) - chance) / (1 - chance);
}
