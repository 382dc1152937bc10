import {
  areProbabilities,
  averageOverClasses,
  averagePrecision,
  balancedAccuracy,
  binaryTable,
  bootstrap,
  type Column,
  cohenKappa,
  countClasses,
  effectiveRows,
  matthewsCorrelation,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanError,
  meanSquaredError,
  type ProbabilityTable,
  percentileInterval,
  precision,
  rankRows,
  recall,
  rocAuc,
  rowBrier,
  rowLogLoss,
  rSquared,
  thresholdCurve,
  weightedMean,
  wilsonInterval,
} from '@model-gitops/statistics';
import type { Interval, Scores } from '../../documents.ts';
import { amountsOf } from './amount-entries.ts';
import { probabilityTable } from './class-score-entries.ts';
import { drawingsFor, noDrawingsNote } from './drawings.ts';
import { classMeasures } from './label-entries.ts';
import { codeLabels, matrixOf, positivesOf, type ScoredTable } from './rows.ts';

type Numbers = Readonly<Record<string, number>>;
type Measure = (weights: Column) => Numbers;

const inOrder = (rows: number) => Uint32Array.from({ length: rows }, (_, row) => row);

/** With one label a row these are the accuracy under another name, or 1 - it. */
const accuracies = [
  ...['accuracy', 'zero_one_loss', 'hamming_loss', 'recall_weighted', 'top_2_accuracy', 'top_3_accuracy'],
  ...['precision_micro', 'recall_micro', 'f1_micro', 'f2_micro', 'f0.5_micro'],
];

/** The metrics that are shares of rows, each with how many rows it is a share of. Weights are gone through once for each set of rows. */
function rowsOfShares({ task, truth, prediction, positive, weights }: ScoredTable): Readonly<Record<string, number>> {
  const all = effectiveRows(weights);
  const shares = Object.fromEntries(accuracies.map((name) => [name, all]));
  if (task !== 'binary') return shares;
  const rowsWhere = (isCounted: (row: number) => boolean) =>
    effectiveRows(weights.map((weight, row) => (isCounted(row) ? weight : 0)));
  return {
    ...shares,
    precision: rowsWhere((row) => prediction[row] === positive),
    recall: rowsWhere((row) => truth[row] === positive),
    specificity: rowsWhere((row) => truth[row] !== positive),
  };
}

function wilsonIntervals(table: ScoredTable, metrics: Scores['metrics']): Record<string, Interval> {
  if (table.task === 'regression') return {};
  const intervals = Object.entries(rowsOfShares(table)).flatMap(([name, rows]) => {
    const share = metrics[name];
    return typeof share !== 'number' || rows === 0 ? [] : [[name, wilsonInterval(share, rows)] as const];
  });
  return Object.fromEntries(intervals);
}

function measureAmounts(table: ScoredTable): Measure {
  const rows = amountsOf(table);
  return (weights) => {
    const amounts = { ...rows, weights };
    const mse = meanSquaredError(amounts);
    return {
      mae: meanAbsoluteError(amounts),
      mse,
      rmse: Math.sqrt(mse),
      mape: meanAbsolutePercentageError(amounts),
      r2: rSquared(amounts),
      mean_error_pred_minus_true: meanError(amounts),
    };
  };
}

function measureLabels(table: ScoredTable): Measure {
  const coded = codeLabels(table);
  const positive = table.task === 'binary' ? coded.labels.indexOf(table.positive ?? null) : -1;
  return (weights) => {
    const matrix = matrixOf(coded, weights);
    const classes = countClasses(matrix);
    const own = classes[positive];
    return {
      balanced_accuracy: balancedAccuracy(matrix),
      mcc: matthewsCorrelation(matrix),
      cohen_kappa: cohenKappa(matrix),
      precision_macro: averageOverClasses(precision, classes, 'macro'),
      recall_macro: averageOverClasses(recall, classes, 'macro'),
      f1_macro: averageOverClasses(classMeasures.f1, classes, 'macro'),
      f1_weighted: averageOverClasses(classMeasures.f1, classes, 'weighted'),
      ...(own === undefined
        ? {}
        : { f1: classMeasures.f1(own), f2: classMeasures.f2(own), 'f0.5': classMeasures['f0.5'](own) }),
    };
  };
}

function measureProbabilities(table: ProbabilityTable): Measure {
  const rows = inOrder(table.weights.length);
  const losses = Float64Array.from(rows, (row) => rowLogLoss(table, row));
  const distances = Float64Array.from(rows, (row) => rowBrier(table, row));
  const meanOf = (values: Column, weights: Column) => weightedMean(weights, (row) => values[row] ?? 0);
  return (weights) => ({ log_loss: meanOf(losses, weights), brier: meanOf(distances, weights) });
}

function measureScores(table: ScoredTable): Measure {
  const { score } = table;
  if (score === undefined) return () => ({});
  const isPositive = positivesOf(table.truth, table.positive);
  const order = rankRows(score);
  const ofProbabilities = areProbabilities([score])
    ? measureProbabilities(binaryTable(isPositive, score, table.weights))
    : () => ({});
  return (weights) => {
    const curve = thresholdCurve({ isPositive, score, weights }, order);
    return { roc_auc: rocAuc(curve), average_precision: averagePrecision(curve), ...ofProbabilities(weights) };
  };
}

function measuresOf(table: ScoredTable): readonly Measure[] {
  if (table.task === 'regression') return [measureAmounts(table)];
  if (table.task === 'binary') return [measureLabels(table), measureScores(table)];
  const probabilities = probabilityTable(table);
  return [measureLabels(table), ...(probabilities === null ? [] : [measureProbabilities(probabilities)])];
}

function bootstrapIntervals(
  table: ScoredTable,
  metrics: Scores['metrics'],
  plan: { readonly drawings: number; readonly seed: number },
): Record<string, Interval> {
  const measures = measuresOf(table);
  const drawn = bootstrap({ ...plan, strata: [inOrder(table.weights.length)], weights: table.weights }, (weights) =>
    Object.assign({}, ...measures.map((measure) => measure(weights))),
  );
  const intervals = Object.entries(drawn).flatMap(([name, values]) => {
    const figure = metrics[name];
    const interval = typeof figure === 'number' ? percentileInterval(figure, values) : null;
    return interval === null ? [] : [[name, interval] as const];
  });
  return Object.fromEntries(intervals);
}

/** The least for which a drawing can differ from the rows in more than which one is missing. */
const fewestRows = 10;

/** 95 % intervals by metric name: Wilson's where a metric is a share of rows, else by drawing the rows again. */
export function scoreIntervals(
  table: ScoredTable,
  metrics: Scores['metrics'],
  seed: number,
): Pick<Scores, 'intervals' | 'notes'> {
  const exact = wilsonIntervals(table, metrics);
  const drawings = drawingsFor(table.truth.length);
  if (drawings === null) return { intervals: exact, notes: { intervals: noDrawingsNote } };
  if (table.truth.length < fewestRows)
    return { intervals: exact, notes: { intervals: `no bootstrap intervals of fewer than ${fewestRows} rows` } };
  return { intervals: { ...bootstrapIntervals(table, metrics, { drawings, seed }), ...exact }, notes: {} };
}
