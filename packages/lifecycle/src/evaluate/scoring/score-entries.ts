import {
  areProbabilities,
  averagePrecision,
  binaryTable,
  brierScore,
  type Column,
  d2Brier,
  expectedCalibrationError,
  ksStatistic,
  logLoss,
  maximumCalibrationError,
  partialRocAuc,
  prAucTrapezoid,
  rocAuc,
  type ScoredRows,
  thresholdCurve,
  youdenThreshold,
} from '@model-gitops/statistics';
import { type Entry, undefinedWhere } from './entries.ts';

const oneClass = 'undefined: the rows hold one class only';
const noPositives = 'no row is positive';
export const noProbabilities = 'undefined: the scores are no probabilities between 0 and 1';

/** How well the scores rank positives above negatives. */
export function rankingEntries(rows: ScoredRows, order?: Column): readonly Entry[] {
  const curve = thresholdCurve(rows, order);
  const hasPositives = (curve.truePositives[curve.thresholds.length - 1] ?? 0) > 0;
  const note = hasPositives ? undefined : `0 by convention: ${noPositives}`;
  return [
    undefinedWhere('roc_auc', rocAuc(curve), oneClass),
    { name: 'average_precision', value: averagePrecision(curve), note },
    undefinedWhere('pr_auc_trapezoid', prAucTrapezoid(curve), `undefined: ${noPositives}`),
    undefinedWhere('roc_auc_max_fpr_0.1', partialRocAuc(curve, 0.1), oneClass),
    undefinedWhere('ks_statistic', ksStatistic(curve), oneClass),
    undefinedWhere('youden_threshold', youdenThreshold(curve), oneClass),
  ];
}

/** How far the scores, taken as probabilities, are from what came true. */
export function probabilityEntries({ isPositive, score, weights }: ScoredRows): readonly Entry[] {
  const areFit = areProbabilities([score]);
  const table = binaryTable(isPositive, score, weights);
  const claims = { probability: score, cameTrue: isPositive, weights };
  const entry = (name: string, compute: () => number) =>
    undefinedWhere(name, areFit ? compute() : Number.NaN, areFit ? oneClass : noProbabilities);
  return [
    entry('log_loss', () => logLoss(table)),
    entry('brier', () => brierScore(table)),
    entry('d2_brier', () => d2Brier(table)),
    entry('ece_10', () => expectedCalibrationError(claims, 10)),
    entry('ece_15', () => expectedCalibrationError(claims, 15)),
    entry('mce_10', () => maximumCalibrationError(claims, 10)),
  ];
}
