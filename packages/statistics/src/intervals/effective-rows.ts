import type { Column } from '../column.ts';

/**
 * How many evenly weighted rows tell as much as these (Kish): all rows where weights are equal, fewer the more they
 * differ. 0 without weight.
 */
export function effectiveRows(weights: Column): number {
  let [sum, squares] = [0, 0];
  for (let row = 0; row < weights.length; row++) {
    const weight = weights[row] ?? 0;
    sum += weight;
    squares += weight * weight;
  }
  return squares === 0 ? 0 : (sum * sum) / squares;
}
