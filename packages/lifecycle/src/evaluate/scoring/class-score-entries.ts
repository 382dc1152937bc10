import {
  areProbabilities,
  type Column,
  type ProbabilityTable,
  rankClasses,
  rocAucOneVersusOne,
  rocAucOneVersusRest,
  sumToOne,
  topKAccuracy,
} from '@model-gitops/statistics';
import { sortedLabels } from '../labels.ts';
import { type Entry, undefinedWhere } from './entries.ts';
import { type Claims, noProbabilities, oneClass, probabilityEntries } from './probability-entries.ts';
import { codeOf, type ScoredTable } from './rows.ts';

/** The scores in the order of the sorted labels; null without scores, or where a true label has no column. */
export function probabilityTable({ truth, scores, weights }: ScoredTable): ProbabilityTable | null {
  if (scores === undefined) return null;
  const labels = sortedLabels(scores.labels);
  const code = codeOf(labels);
  const codes = Int32Array.from(truth, code);
  const columns = labels.map((label) => scores.columns[scores.labels.indexOf(label)] ?? []);
  return codes.includes(-1) || columns.length < 2 ? null : { truth: codes, columns, weights };
}

/** Probability of the class with the highest one, and whether it came true. */
function topClaims({ truth, columns, weights }: ProbabilityTable) {
  const probability = new Float64Array(truth.length);
  const cameTrue = new Uint8Array(truth.length);
  for (let row = 0; row < truth.length; row++) {
    const own = columns.map((column) => column[row] ?? 0);
    const highest = own.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY);
    probability[row] = highest;
    cameTrue[row] = own.indexOf(highest) === truth[row] ? 1 : 0;
  }
  return { probability, cameTrue, weights };
}

function claimsOf(table: ProbabilityTable): Claims {
  const areFit = areProbabilities(table.columns) && sumToOne(table.columns);
  return { table, claimed: topClaims(table), flaw: areFit ? null : `${noProbabilities} that sum to 1` };
}

function isEven(weights: Column): boolean {
  return Array.from(weights).every((weight) => weight === weights[0]);
}

/** Metrics of one score a class. */
export function classScoreEntries(table: ProbabilityTable): readonly Entry[] {
  const orders = rankClasses(table.columns);
  const missing = 'undefined: a class has no rows, or all';
  const versusOne = isEven(table.weights) ? rocAucOneVersusOne(table, orders) : Number.NaN;
  const unweighted = isEven(table.weights) ? oneClass : 'left out: one against one knows no weights';
  return [
    undefinedWhere('roc_auc_ovr_macro', rocAucOneVersusRest(table, 'macro', orders), missing),
    undefinedWhere('roc_auc_ovr_weighted', rocAucOneVersusRest(table, 'weighted', orders), missing),
    undefinedWhere('roc_auc_ovo_macro', versusOne, unweighted),
    { name: 'top_2_accuracy', value: topKAccuracy(table, 2) },
    ...(table.columns.length > 3 ? [{ name: 'top_3_accuracy', value: topKAccuracy(table, 3) }] : []),
    ...probabilityEntries(claimsOf(table)),
  ];
}
