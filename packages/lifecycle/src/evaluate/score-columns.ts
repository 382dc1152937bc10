import type { Cell } from '../ports/index.ts';

/** Column of the highest score; -1 where two share it. */
function strictlyHighest(columns: readonly (readonly number[])[], row: number): number {
  const scores = columns.map((column) => column[row] ?? Number.NEGATIVE_INFINITY);
  const highest = Math.max(...scores);
  return scores.filter((score) => score === highest).length === 1 ? scores.indexOf(highest) : -1;
}

/** For each column the one label that the model predicts where that column is highest; null where rows disagree or none says. */
function observedLabels(
  columns: readonly (readonly number[])[],
  prediction: readonly Cell[],
): readonly (Cell | undefined)[] {
  const seen = columns.map(() => new Set<Cell>());
  for (const [row, label] of prediction.entries()) seen[strictlyHighest(columns, row)]?.add(label);
  return seen.map((labels) => (labels.size === 1 ? [...labels][0] : undefined));
}

/**
 * Which label each column of scores is of. ONNX does not say; exporters sort the labels, and what the model itself
 * predicts where a column is highest is the evidence: it completes or corrects the sorted order.
 * null where neither settles it (a class that the test rows lack); the scores must not be used then.
 */
export function labelsOfColumns(
  columns: readonly (readonly number[])[],
  prediction: readonly Cell[],
  sorted: readonly Cell[],
): readonly Cell[] | null {
  const observed = observedLabels(columns, prediction);
  const known = observed.filter((label) => label !== undefined);
  const isOneToOne = new Set(known).size === known.length;
  if (sorted.length !== columns.length) return isOneToOne && known.length === columns.length ? known : null;
  const contradicts =
    known.length > 1 && isOneToOne && observed.some((label, index) => label !== undefined && label !== sorted[index]);
  if (!contradicts) return sorted;
  const rest = sorted.filter((label) => !known.includes(label));
  return rest.length <= 1 ? observed.map((label) => label ?? rest[0] ?? null) : null;
}
