import { sumOf } from '../column.ts';
import { countClasses } from './class-counts.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/**
 * Agreement of truth and prediction beyond what chance gives.
 * Range -1 to 1, higher is better, 0 is chance; NaN where both are the same constant. scikit-learn: `cohen_kappa_score`.
 */
export function cohenKappa(matrix: ConfusionMatrix): number {
  const classes = countClasses(matrix);
  const rows = sumOf(classes.map(({ actual }) => actual));
  const wrong = sumOf(classes.map(({ actual, truePositives }) => actual - truePositives));
  const wrongByChance = sumOf(classes.map(({ actual, predicted }) => (actual * (rows - predicted)) / rows));
  return wrongByChance === 0 ? Number.NaN : 1 - wrong / wrongByChance;
}
