import {
  areProbabilities,
  averagePrecision,
  binaryTable,
  type Column,
  ksStatistic,
  partialRocAuc,
  prAucTrapezoid,
  rocAuc,
  type ScoredRows,
  thresholdCurve,
  youdenThreshold,
} from '@model-gitops/statistics';
import { type Entry, undefinedWhere } from './entries.ts';
import { type Claims, noProbabilities, oneClass } from './probability-entries.ts';

const noPositives = 'no row is positive';

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

/** The claims of scores of one class: that each row is positive. */
export function claimsOfScores({ isPositive, score, weights }: ScoredRows): Claims {
  return {
    table: binaryTable(isPositive, score, weights),
    claimed: { probability: score, cameTrue: isPositive, weights },
    flaw: areProbabilities([score]) ? null : noProbabilities,
  };
}
