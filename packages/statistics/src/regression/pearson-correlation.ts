import { type Column, evenWeights, weightedMean, weightedVariance } from '../column.ts';

/**
 * Strength of a straight-line relation. Range -1 to 1; NaN where a side is constant. Blind to scale and shift, so a
 * model may correlate perfectly and be wrong throughout. Rows are not weighted. SciPy: `pearsonr`.
 */
export function pearsonCorrelation(a: Column, b: Column): number {
  const even = evenWeights(a.length);
  const [meanA, meanB] = [a, b].map((values) => weightedMean(even, (row) => values[row] ?? Number.NaN));
  const [varianceA = 0, varianceB = 0] = [a, b].map((values) =>
    weightedVariance(even, (row) => values[row] ?? Number.NaN),
  );
  const covariance = weightedMean(even, (row) => ((a[row] ?? 0) - (meanA ?? 0)) * ((b[row] ?? 0) - (meanB ?? 0)));
  if (varianceA === 0 || varianceB === 0) return Number.NaN;
  return Math.max(-1, Math.min(1, covariance / Math.sqrt(varianceA * varianceB)));
}
