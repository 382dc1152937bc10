import { sumOf } from '../column.ts';
import { type ClassCounts, poolClasses } from './class-counts.ts';

/** `micro`: of all classes pooled. `macro`: every class counts the same. `weighted`: by the rows it has. */
export type Average = 'micro' | 'macro' | 'weighted';

export const averages = ['micro', 'macro', 'weighted'] as const satisfies readonly Average[];

/** One figure for all classes, as scikit-learn's `average=`. NaN without classes. */
export function averageOverClasses(
  measure: (counts: ClassCounts) => number,
  classes: readonly ClassCounts[],
  average: Average,
): number {
  if (average === 'micro') return measure(poolClasses(classes));
  const supports = classes.map(({ actual }) => (average === 'macro' ? 1 : actual));
  const isEmpty = sumOf(supports) === 0;
  const shares = isEmpty ? classes.map(() => 1) : supports;
  return sumOf(classes.map((counts, index) => measure(counts) * (shares[index] ?? 0))) / sumOf(shares);
}
