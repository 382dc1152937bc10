import { type ConfidenceInterval, confidenceLevel, normalBound } from './interval.ts';

/**
 * 95 % interval of a share of `rows` independent rows (Wilson's score interval): also near 0 and 1, and for few rows,
 * it neither leaves [0, 1] nor shrinks to nothing. Without rows it is all of [0, 1]. SciPy:
 * `binomtest(…).proportion_ci(method='wilson')`.
 */
export function wilsonInterval(share: number, rows: number): ConfidenceInterval {
  const z = normalBound;
  const denominator = 2 * (rows + z * z);
  const centre = (2 * rows * share + z * z) / denominator;
  const delta = (z / denominator) * Math.sqrt(4 * rows * share * (1 - share) + z * z);
  const low = share <= 0 || rows === 0 ? 0 : Math.max(0, centre - delta);
  const high = share >= 1 || rows === 0 ? 1 : Math.min(1, centre + delta);
  return { level: confidenceLevel, low, high, method: 'wilson' };
}
