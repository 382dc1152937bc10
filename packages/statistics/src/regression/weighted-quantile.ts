import type { Column } from '../column.ts';

/** The order of values from the lowest, with the running sum of their weights. */
function cumulate(values: Column, weights: Column) {
  const order = Uint32Array.from({ length: values.length }, (_, row) => row);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  let sum = 0;
  const cumulated = Float64Array.from(order, (row) => {
    sum += weights[row] ?? 0;
    return sum;
  });
  return { order, cumulated, total: sum };
}

/**
 * The value below which a share of the weight lies; halfway to the next one where the weight ends exactly there.
 * With even weights and 0.5 it is the median. NaN without weight. scikit-learn: `_weighted_percentile(average=True)`.
 */
export function weightedQuantile(values: Column, weights: Column, share: number): number {
  const { order, cumulated, total } = cumulate(values, weights);
  if (!(total > 0)) return Number.NaN;
  const wanted = share * total;
  const found = cumulated.findIndex((sum) => sum >= wanted && sum > 0);
  const place = found < 0 ? order.length - 1 : found;
  const value = values[order[place] ?? 0] ?? Number.NaN;
  const reached = cumulated[place] ?? 0;
  if (reached - wanted > Number.EPSILON) return value;
  const next = cumulated.findIndex((sum) => sum > reached);
  return next < 0 ? value : (value + (values[order[next] ?? 0] ?? Number.NaN)) / 2;
}
