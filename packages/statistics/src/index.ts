export { accuracy } from './classification/accuracy.ts';
export { type Average, averageOverClasses, averages } from './classification/averages.ts';
export { adjustedBalancedAccuracy, balancedAccuracy } from './classification/balanced-accuracy.ts';
export { type ClassCounts, countClasses } from './classification/class-counts.ts';
export { cohenKappa } from './classification/cohen-kappa.ts';
export { type ClassifiedRows, type ConfusionMatrix, confusionMatrix } from './classification/confusion-matrix.ts';
export { fBeta } from './classification/f-beta.ts';
export { jaccard } from './classification/jaccard.ts';
export { matthewsCorrelation } from './classification/matthews-correlation.ts';
export { precision } from './classification/precision.ts';
export { recall } from './classification/recall.ts';
export { type Column, evenWeights, largestOf, sumOf, weightedMean, weightedVariance } from './column.ts';
export {
  type BinaryCounts,
  type BinaryRates,
  binaryRates,
  countBinary,
  poolBinary,
} from './fairness/binary-rates.ts';
export { type EqualizedOdds, equalizedOdds } from './fairness/equalized-odds.ts';
export { betweenGroups, type GroupGaps, type GroupRange, toOverall } from './fairness/group-gaps.ts';
export { type PrivilegedGaps, privilegedGaps } from './fairness/privileged-gaps.ts';
export { theilIndex } from './fairness/theil-index.ts';
export { type BootstrapPlan, bootstrap, percentileInterval } from './intervals/bootstrap.ts';
export { effectiveRows } from './intervals/effective-rows.ts';
export { type ConfidenceInterval, confidenceLevel, normalBound } from './intervals/interval.ts';
export { newcombeInterval, type Proportion } from './intervals/newcombe-interval.ts';
export { type RandomIndex, randomIndices } from './intervals/random-numbers.ts';
export { wilsonInterval } from './intervals/wilson-interval.ts';
export type { Amounts } from './regression/amounts.ts';
export { d2Pinball } from './regression/d2-pinball.ts';
export { explainedVariance } from './regression/explained-variance.ts';
export { gammaDeviance } from './regression/gamma-deviance.ts';
export { kendallTauB } from './regression/kendall-tau.ts';
export { maxError } from './regression/max-error.ts';
export { meanAbsoluteError } from './regression/mean-absolute-error.ts';
export { meanAbsolutePercentageError } from './regression/mean-absolute-percentage-error.ts';
export { meanError } from './regression/mean-error.ts';
export { meanSquaredError } from './regression/mean-squared-error.ts';
export { meanSquaredLogError } from './regression/mean-squared-log-error.ts';
export { medianAbsoluteError } from './regression/median-absolute-error.ts';
export { pearsonCorrelation } from './regression/pearson-correlation.ts';
export { pinballLoss } from './regression/pinball-loss.ts';
export { poissonDeviance } from './regression/poisson-deviance.ts';
export { rSquared } from './regression/r-squared.ts';
export { spearmanCorrelation } from './regression/spearman-correlation.ts';
export { weightedQuantile } from './regression/weighted-quantile.ts';
export { averagePrecision } from './scores/average-precision.ts';
export { brierScore, rowBrier } from './scores/brier-score.ts';
export { type Claims, expectedCalibrationError, maximumCalibrationError } from './scores/calibration-error.ts';
export { d2Brier } from './scores/d2-brier.ts';
export { ksStatistic } from './scores/ks-statistic.ts';
export { logLoss, rowLogLoss } from './scores/log-loss.ts';
export { type ClassOrders, rankClasses, rocAucOneVersusOne, rocAucOneVersusRest } from './scores/multiclass-roc-auc.ts';
export { partialRocAuc } from './scores/partial-roc-auc.ts';
export { prAucTrapezoid } from './scores/pr-auc-trapezoid.ts';
export { areProbabilities, binaryTable, type ProbabilityTable, sumToOne } from './scores/probability-table.ts';
export { rocAuc } from './scores/roc-auc.ts';
export { rankRows, type ScoredRows, type ThresholdCurve, thresholdCurve } from './scores/threshold-curve.ts';
export { topKAccuracy } from './scores/top-k-accuracy.ts';
export { youdenThreshold } from './scores/youden-threshold.ts';
