import type { Column } from '../column.ts';

/** Pairs within runs of equal neighbours in that order. */
function tiedPairs(order: Column, isEqual: (a: number, b: number) => boolean): number {
  let [pairs, run] = [0, 0];
  for (let place = 1; place < order.length; place++) {
    run = isEqual(order[place - 1] ?? 0, order[place] ?? 0) ? run + 1 : 0;
    pairs += run;
  }
  return pairs;
}

/** Merges two neighbouring sorted runs and counts how many places their values move past each other. */
function merge(from: Float64Array, to: Float64Array, start: number, width: number): number {
  const [middle, end] = [Math.min(start + width, from.length), Math.min(start + 2 * width, from.length)];
  let [left, right, exchanges] = [start, middle, 0];
  for (let place = start; place < end; place++) {
    const takesRight = left >= middle || (right < end && (from[right] ?? 0) < (from[left] ?? 0));
    if (takesRight) exchanges += middle - left;
    to[place] = from[takesRight ? right++ : left++] ?? 0;
  }
  return exchanges;
}

/** The exchanges of neighbours that sorting takes: the discordant pairs. */
function countExchanges(values: Float64Array): number {
  let exchanges = 0;
  let from = values;
  for (let width = 1; width < values.length; width *= 2) {
    const to = new Float64Array(values.length);
    for (let start = 0; start < values.length; start += 2 * width) exchanges += merge(from, to, start, width);
    from = to;
  }
  return exchanges;
}

/**
 * Pairs of rows that both sides put in the same order, less those they do not, corrected for ties (tau-b).
 * Range -1 to 1; unmoved by monotone maps; NaN where a side is constant. Rows are not weighted. By Knight's merge sort,
 * in n log n. SciPy: `kendalltau`.
 */
export function kendallTauB(a: Column, b: Column): number {
  const at = (values: Column, row: number) => values[row] ?? 0;
  const order = Uint32Array.from({ length: a.length }, (_, row) => row);
  order.sort((one, other) => at(a, one) - at(a, other) || at(b, one) - at(b, other));
  const equalA = (one: number, other: number) => at(a, one) === at(a, other);
  const equalB = (one: number, other: number) => at(b, one) === at(b, other);
  const tiedA = tiedPairs(order, equalA);
  const tiedBoth = tiedPairs(order, (one, other) => equalA(one, other) && equalB(one, other));
  const discordant = countExchanges(Float64Array.from(order, (row) => at(b, row)));
  const byB = Uint32Array.from({ length: b.length }, (_, row) => row).sort((one, other) => at(b, one) - at(b, other));
  const tiedB = tiedPairs(byB, equalB);
  const pairs = (a.length * (a.length - 1)) / 2;
  const difference = pairs - tiedA - tiedB + tiedBoth - 2 * discordant;
  return difference / Math.sqrt(pairs - tiedA) / Math.sqrt(pairs - tiedB);
}
