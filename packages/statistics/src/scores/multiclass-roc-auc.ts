import { type Column, sumOf } from '../column.ts';
import type { ProbabilityTable } from './probability-table.ts';
import { rocAuc } from './roc-auc.ts';
import { rankRows, thresholdCurve } from './threshold-curve.ts';

/** The rows from the highest score to the lowest, for each class. */
export type ClassOrders = readonly Column[];

export function rankClasses(columns: readonly Column[]): ClassOrders {
  return columns.map(rankRows);
}

/**
 * ROC AUC of each class against all others, averaged: every class the same (`macro`) or by its rows (`weighted`).
 * NaN where a class has all rows, and for `macro` where one has none. scikit-learn: `roc_auc_score(multi_class='ovr')`.
 */
export function rocAucOneVersusRest(
  { truth, columns, weights }: ProbabilityTable,
  average: 'macro' | 'weighted',
  orders: ClassOrders = rankClasses(columns),
): number {
  const classes = columns.map((score, index) => {
    const isPositive = Uint8Array.from({ length: truth.length }, (_, row) => (truth[row] === index ? 1 : 0));
    const support = sumOf(Float64Array.from(isPositive, (hit, row) => hit * (weights[row] ?? 0)));
    const area = rocAuc(thresholdCurve({ isPositive, score, weights }, orders[index]));
    return { area, share: average === 'macro' ? 1 : support };
  });
  const counted = classes.filter(({ share }) => share > 0);
  return sumOf(counted.map(({ area, share }) => area * share)) / sumOf(counted.map(({ share }) => share));
}

/** First place after `start` from the end whose score differs: rows of equal score are taken together. */
function endOfTies(order: Column, score: Column, start: number): number {
  let end = start;
  while (end >= 0 && score[order[end] ?? 0] === score[order[start] ?? 0]) end--;
  return end;
}

/** How many pairs of a row of the class and one of each other class have the class's row higher; ties count half. */
function pairsWon({ truth, columns }: ProbabilityTable, own: number, order: Column): Float64Array {
  const score = columns[own] ?? [];
  const [below, won] = [new Float64Array(columns.length), new Float64Array(columns.length)];
  for (let place = order.length - 1; place >= 0; ) {
    const end = endOfTies(order, score, place);
    const tied = new Float64Array(columns.length);
    for (; place > end; place--) {
      const other = truth[order[place] ?? 0] ?? 0;
      tied[other] = (tied[other] ?? 0) + 1;
    }
    for (const [other, count] of tied.entries()) {
      won[other] = (won[other] ?? 0) + (tied[own] ?? 0) * ((below[other] ?? 0) + count / 2);
    }
    for (const [other, count] of tied.entries()) below[other] = (below[other] ?? 0) + count;
  }
  return won;
}

/**
 * ROC AUC of every pair of classes that have rows, averaged; unlike one against the rest it does not depend on how
 * frequent classes are. Rows are not weighted. NaN for one class. scikit-learn: `roc_auc_score(multi_class='ovo')`.
 */
export function rocAucOneVersusOne(table: ProbabilityTable, orders: ClassOrders = rankClasses(table.columns)): number {
  const counts = table.columns.map(() => 0);
  for (let row = 0; row < table.truth.length; row++) {
    const own = table.truth[row] ?? 0;
    counts[own] = (counts[own] ?? 0) + 1;
  }
  const present = counts.flatMap((count, index) => (count > 0 ? [index] : []));
  const won = table.columns.map((_, own) => pairsWon(table, own, orders[own] ?? []));
  const areas = present.flatMap((a) =>
    present.filter((b) => b !== a).map((b) => (won[a]?.[b] ?? 0) / ((counts[a] ?? 0) * (counts[b] ?? 0))),
  );
  return sumOf(areas) / areas.length;
}
