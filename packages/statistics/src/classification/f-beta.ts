import { type ClassCounts, shareOrZero } from './class-counts.ts';

/**
 * Harmonic mean of precision and recall in which recall counts `beta` times as much.
 * Range 0 to 1, higher is better; 0 where the class is neither there nor predicted. scikit-learn: `fbeta_score`.
 */
export function fBeta(beta: number): (counts: ClassCounts) => number {
  const square = beta * beta;
  return ({ truePositives, predicted, actual }) =>
    shareOrZero((1 + square) * truePositives, square * actual + predicted);
}
