import { countClasses } from '@model-gitops/statistics';
import type { Scores } from '../../documents.ts';
import type { Cell } from '../../ports/index.ts';
import { amountEntries, amountsOf, errorEntries } from './amount-entries.ts';
import { classScoreEntries, probabilityTable } from './class-score-entries.ts';
import { type Entry, settle } from './entries.ts';
import { classMeasures, labelEntries, positiveEntries } from './label-entries.ts';
import { probabilityEntries } from './probability-entries.ts';
import { type CodedLabels, codeLabels, matrixOf, positivesOf, type ScoredTable } from './rows.ts';
import { claimsOfScores, rankingEntries } from './score-entries.ts';

function scoreEntries(table: ScoredTable): readonly Entry[] {
  if (table.task === 'multiclass') {
    const probabilities = probabilityTable(table);
    return probabilities === null ? [] : classScoreEntries(probabilities);
  }
  const { score, weights } = table;
  if (score === undefined) return [];
  const rows = { isPositive: positivesOf(table.truth, table.positive), score, weights };
  return [...rankingEntries(rows), ...probabilityEntries(claimsOfScores(rows))];
}

/** Every metric that the rows allow, by its name. */
export function metricEntries(table: ScoredTable, coded?: CodedLabels): readonly Entry[] {
  return table.task === 'regression'
    ? amountEntries(amountsOf(table))
    : classEntries(table, coded ?? codeLabels(table));
}

function classEntries(table: ScoredTable, coded: CodedLabels): readonly Entry[] {
  const matrix = matrixOf(coded, table.weights);
  const ofPositive =
    table.task === 'binary' ? positiveEntries(matrix, coded.labels.indexOf(table.positive ?? null)) : [];
  return [...labelEntries(matrix), ...ofPositive, ...scoreEntries(table)];
}

const sliceNames = new Set([
  ...['accuracy', 'balanced_accuracy', 'precision', 'recall', 'specificity', 'f1', 'mcc'],
  ...['precision_macro', 'recall_macro', 'f1_macro', 'f1_weighted'],
  ...['roc_auc', 'average_precision', 'roc_auc_ovr_macro', 'log_loss', 'brier'],
]);

/** The metrics of a group or slice: those that people compare, not all of them. */
export function partEntries(table: ScoredTable): readonly Entry[] {
  if (table.task === 'regression') return errorEntries(amountsOf(table));
  return metricEntries(table).filter(({ name }) => sliceNames.has(name));
}

/** Labels as JSON holds them: whole numbers beyond 2^53 only fit in a text. */
const jsonLabel = (label: Cell) => (typeof label === 'bigint' || label === null ? String(label) : label);

function perClassOf(matrix: readonly (readonly number[])[], { labels }: CodedLabels): NonNullable<Scores['perClass']> {
  const entries = countClasses(matrix).map((counts, index) => {
    const { precision, recall, f1 } = classMeasures;
    const figures = { precision: precision(counts), recall: recall(counts), f1: f1(counts), support: counts.actual };
    return [String(labels[index]), figures] as const;
  });
  return Object.fromEntries(entries);
}

/** All metrics of the rows, with the confusion matrix where there are classes. */
export function scoreMetrics(table: ScoredTable): Pick<Scores, 'metrics' | 'confusionMatrix' | 'perClass' | 'notes'> {
  if (table.task === 'regression') {
    const { figures, notes } = settle(metricEntries(table), 'metrics');
    return { metrics: figures, notes };
  }
  const coded = codeLabels(table);
  const { figures, notes } = settle(metricEntries(table, coded), 'metrics');
  const matrix = matrixOf(coded, table.weights);
  return {
    metrics: figures,
    confusionMatrix: { labels: coded.labels.map(jsonLabel), matrix },
    perClass: perClassOf(matrix, coded),
    notes,
  };
}
