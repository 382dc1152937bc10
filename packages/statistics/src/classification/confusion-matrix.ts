import type { Column } from '../column.ts';

/** Weight of the rows by true class (first index) and predicted class (second). Square. */
export type ConfusionMatrix = readonly (readonly number[])[];

/** Rows of a classification. Classes are numbered 0, 1, … in the order of the sorted labels. */
export interface ClassifiedRows {
  readonly truth: Column;
  readonly prediction: Column;
  readonly weights: Column;
  readonly classCount: number;
}

/**
 * How often each class was taken for each other. Rows are true classes, columns predicted ones, as in scikit-learn's
 * `confusion_matrix`. Every label metric is a function of it.
 */
export function confusionMatrix({ truth, prediction, weights, classCount }: ClassifiedRows): ConfusionMatrix {
  const cells = new Float64Array(classCount * classCount);
  for (let row = 0; row < truth.length; row++) {
    const cell = (truth[row] ?? 0) * classCount + (prediction[row] ?? 0);
    cells[cell] = (cells[cell] ?? 0) + (weights[row] ?? 0);
  }
  return Array.from({ length: classCount }, (_, row) => [...cells.subarray(row * classCount, (row + 1) * classCount)]);
}
