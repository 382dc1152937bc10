import { type BinaryCounts, binaryRates, countBinary, sumOf } from '@model-gitops/statistics';
import { amountsOf } from './amount-entries.ts';
import type { Entry } from './entries.ts';
import { metricEntries } from './metrics.ts';
import { positivesOf, type ScoredTable } from './rows.ts';

/** The metrics that groups are compared by, besides the rates of a binary task. */
const compared = new Set([
  ...['accuracy', 'zero_one_loss', 'balanced_accuracy', 'precision', 'recall', 'f1', 'roc_auc', 'log_loss'],
  ...['precision_macro', 'recall_macro', 'f1_macro', 'mae', 'mse', 'rmse', 'r2', 'mean_error_pred_minus_true'],
]);

/** What Fairlearn calls a measure whose functions bear another name than our metric. */
export const fairlearnNames: Readonly<Record<string, string>> = {
  accuracy: 'accuracy_score',
  balanced_accuracy: 'balanced_accuracy_score',
  precision: 'precision_score',
  recall: 'recall_score',
  f1: 'f1_score',
  roc_auc: 'roc_auc_score',
  mae: 'mean_absolute_error',
  mse: 'mean_squared_error',
  r2: 'r2_score',
};

/** Counts of rows of a binary task as one group. */
export function countRows({ truth, prediction, positive, weights }: ScoredTable): BinaryCounts {
  const [actual, predicted] = [positivesOf(truth, positive), positivesOf(prediction, positive)];
  const cells = Uint8Array.from(actual, (isPositive, row) => 2 * isPositive + (predicted[row] ?? 0));
  const [counts] = countBinary(cells, weights, 1);
  return counts ?? { truePositives: 0, falsePositives: 0, falseNegatives: 0, trueNegatives: 0 };
}

function rateEntries(table: ScoredTable): readonly Entry[] {
  const counts = countRows(table);
  const rates = binaryRates(counts);
  const noPositives = counts.truePositives + counts.falseNegatives === 0;
  const noNegatives = counts.falsePositives + counts.trueNegatives === 0;
  const ofPositives = noPositives ? '0 by convention: no row is positive, which widens the gaps' : undefined;
  const ofNegatives = noNegatives ? '0 by convention: every row is positive, which widens the gaps' : undefined;
  return [
    { name: 'selection_rate', value: rates.selectionRate },
    { name: 'true_positive_rate', value: rates.truePositiveRate, note: ofPositives },
    { name: 'true_negative_rate', value: rates.trueNegativeRate, note: ofNegatives },
    { name: 'false_positive_rate', value: rates.falsePositiveRate, note: ofNegatives },
    { name: 'false_negative_rate', value: rates.falseNegativeRate, note: ofPositives },
  ];
}

function meanPrediction(table: ScoredTable): Entry {
  const { prediction, weights } = amountsOf(table);
  const sum = sumOf(Float64Array.from(weights, (weight, row) => weight * (prediction[row] ?? Number.NaN)));
  return { name: 'mean_prediction', value: sum / sumOf(weights) };
}

/** What groups are compared by, of one group or of all rows. */
export function measureGroup(table: ScoredTable): readonly Entry[] {
  const metrics = metricEntries(table).filter(({ name }) => compared.has(name));
  if (table.task === 'binary') return [...rateEntries(table), ...metrics];
  return table.task === 'regression' ? [...metrics, meanPrediction(table)] : metrics;
}
