import { sumOf } from '../column.ts';
import type { ConfusionMatrix } from './confusion-matrix.ts';

/**
 * Share of the rows that were predicted rightly. With one label a row it is 1 - the Hamming loss and 1 - the zero-one
 * loss too. Range 0 to 1, higher is better; misleading where one class is rare. scikit-learn: `accuracy_score`.
 */
export function accuracy(matrix: ConfusionMatrix): number {
  return sumOf(matrix.map((row, index) => row[index] ?? 0)) / sumOf(matrix.map(sumOf));
}
