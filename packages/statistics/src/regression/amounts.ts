import type { Column } from '../column.ts';

/** Rows of a regression. */
export interface Amounts {
  readonly truth: Column;
  readonly prediction: Column;
  readonly weights: Column;
}

export const truthAt = ({ truth }: Amounts, row: number): number => truth[row] ?? Number.NaN;
export const predictionAt = ({ prediction }: Amounts, row: number): number => prediction[row] ?? Number.NaN;
/** Truth - prediction. */
export const residualAt = (amounts: Amounts, row: number): number => truthAt(amounts, row) - predictionAt(amounts, row);

/**
 * 1 - error / error of a constant, with scikit-learn's answer where the constant makes none: 1 for no error either,
 * else 0.
 */
export function explainedShare(error: number, errorOfConstant: number): number {
  if (error === 0) return 1;
  return errorOfConstant === 0 ? 0 : 1 - error / errorOfConstant;
}
