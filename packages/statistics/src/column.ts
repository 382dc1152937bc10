/** Numbers by row: arrays and typed arrays alike. */
export type Column = ArrayLike<number>;

/** Weights of rows that all count the same. */
export function evenWeights(rows: number): Float64Array {
  return new Float64Array(rows).fill(1);
}

export function sumOf(values: Column): number {
  let sum = 0;
  for (let row = 0; row < values.length; row++) sum += values[row] ?? 0;
  return sum;
}

/** Mean of `valueAt(row)` over the rows; NaN where the weights sum to 0. */
export function weightedMean(weights: Column, valueAt: (row: number) => number): number {
  let [sum, weight] = [0, 0];
  for (let row = 0; row < weights.length; row++) {
    const share = weights[row] ?? 0;
    sum += share * valueAt(row);
    weight += share;
  }
  return sum / weight;
}

/** Greatest of `valueAt(row)`; -Infinity without rows. Spreading into Math.max ends at about 100,000 rows. */
export function largestOf(rows: number, valueAt: (row: number) => number): number {
  let largest = Number.NEGATIVE_INFINITY;
  for (let row = 0; row < rows; row++) largest = Math.max(largest, valueAt(row));
  return largest;
}

/** Mean squared distance to the mean; exactly 0 where all values are equal, whatever rounding makes of their mean. */
export function weightedVariance(weights: Column, valueAt: (row: number) => number): number {
  const first = valueAt(0);
  let row = 1;
  while (row < weights.length && valueAt(row) === first) row++;
  if (row >= weights.length && weights.length > 0) return 0;
  const mean = weightedMean(weights, valueAt);
  return weightedMean(weights, (at) => (valueAt(at) - mean) ** 2);
}
