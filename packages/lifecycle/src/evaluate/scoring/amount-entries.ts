import {
  type Amounts,
  d2Pinball,
  explainedVariance,
  gammaDeviance,
  kendallTauB,
  maxError,
  meanAbsoluteError,
  meanAbsolutePercentageError,
  meanError,
  meanSquaredError,
  meanSquaredLogError,
  medianAbsoluteError,
  pearsonCorrelation,
  pinballLoss,
  poissonDeviance,
  rSquared,
  spearmanCorrelation,
} from '@model-gitops/statistics';
import { type Entry, undefinedWhere } from './entries.ts';
import type { ScoredTable } from './rows.ts';

const oneRow = 'undefined for one row';
const quantiles = [0.05, 0.1, 0.5, 0.9, 0.95];

export function amountsOf({ truth, prediction, weights }: ScoredTable): Amounts {
  return { truth: Float64Array.from(truth, Number), prediction: Float64Array.from(prediction, Number), weights };
}

/** Errors in the target's unit or its square, and the share of the variance explained: what any slice can have. */
export function errorEntries(amounts: Amounts): readonly Entry[] {
  const squared = meanSquaredError(amounts);
  return [
    { name: 'mae', value: meanAbsoluteError(amounts) },
    { name: 'mse', value: squared },
    { name: 'rmse', value: Math.sqrt(squared) },
    { name: 'mape', value: meanAbsolutePercentageError(amounts) },
    undefinedWhere('r2', rSquared(amounts), oneRow),
    { name: 'median_ae', value: medianAbsoluteError(amounts) },
    { name: 'mean_error_pred_minus_true', value: meanError(amounts) },
  ];
}

function correlationEntries({ truth, prediction, weights }: Amounts): readonly Entry[] {
  const isWeighted = Array.from(weights).some((weight) => weight !== weights[0]);
  const entry = (name: string, value: number): Entry => {
    const note = Number.isNaN(value) ? 'undefined: truth or predictions are constant' : 'computed without the weights';
    return Number.isNaN(value) || isWeighted ? { name, value, note } : { name, value };
  };
  return [
    entry('pearson_r', pearsonCorrelation(truth, prediction)),
    entry('spearman_rho', spearmanCorrelation(truth, prediction)),
    entry('kendall_tau_b', kendallTauB(truth, prediction)),
  ];
}

/** Every metric of a regression. */
export function amountEntries(amounts: Amounts): readonly Entry[] {
  const squaredLog = meanSquaredLogError(amounts);
  const belowMinusOne = 'undefined: an amount is -1 or less';
  return [
    ...errorEntries(amounts),
    { name: 'explained_variance', value: explainedVariance(amounts) },
    undefinedWhere('msle', squaredLog, belowMinusOne),
    undefinedWhere('rmsle', Math.sqrt(squaredLog), belowMinusOne),
    { name: 'max_error', value: maxError(amounts) },
    undefinedWhere(
      'poisson_deviance',
      poissonDeviance(amounts),
      'undefined: a truth is negative, or a prediction not above 0',
    ),
    undefinedWhere('gamma_deviance', gammaDeviance(amounts), 'undefined: a truth or a prediction is not above 0'),
    undefinedWhere('d2_absolute_error', d2Pinball(amounts, 0.5), oneRow),
    undefinedWhere('d2_pinball_0.9', d2Pinball(amounts, 0.9), oneRow),
    ...quantiles.map((share) => ({ name: `pinball_${share}`, value: pinballLoss(amounts, share) })),
    ...correlationEntries(amounts),
  ];
}
