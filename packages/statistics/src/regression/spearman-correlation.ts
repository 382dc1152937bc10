import type { Column } from '../column.ts';
import { pearsonCorrelation } from './pearson-correlation.ts';

/** Ranks from 1; equal values share the mean of their ranks. */
function ranksOf(values: Column): Float64Array {
  const order = Uint32Array.from({ length: values.length }, (_, row) => row);
  order.sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
  const ranks = new Float64Array(values.length);
  for (let start = 0; start < order.length; ) {
    let end = start;
    while (end < order.length && values[order[end] ?? 0] === values[order[start] ?? 0]) end++;
    for (let place = start; place < end; place++) ranks[order[place] ?? 0] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}

/**
 * Correlation of the ranks: whether larger predictions go with larger truths. Range -1 to 1; unmoved by monotone maps;
 * NaN where a side is constant. Rows are not weighted. SciPy: `spearmanr`.
 */
export function spearmanCorrelation(a: Column, b: Column): number {
  return pearsonCorrelation(ranksOf(a), ranksOf(b));
}
