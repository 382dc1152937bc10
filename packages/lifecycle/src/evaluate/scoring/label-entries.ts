import {
  accuracy,
  adjustedBalancedAccuracy,
  averageOverClasses,
  averages,
  balancedAccuracy,
  type ClassCounts,
  type ConfusionMatrix,
  cohenKappa,
  countClasses,
  fBeta,
  jaccard,
  matthewsCorrelation,
  precision,
  recall,
  sumOf,
} from '@model-gitops/statistics';
import { type Entry, undefinedWhere } from './entries.ts';

/** Metrics of one class against the rest; every average of them has its name as a suffix. */
export const classMeasures = {
  precision,
  recall,
  f1: fBeta(1),
  f2: fBeta(2),
  'f0.5': fBeta(0.5),
  jaccard,
} as const satisfies Record<string, (counts: ClassCounts) => number>;

const noCounts: ClassCounts = { truePositives: 0, predicted: 0, actual: 0 };

/** The other class of two: what is not positive. */
function complement({ truePositives, predicted, actual }: ClassCounts, rows: number): ClassCounts {
  return {
    truePositives: rows - predicted - actual + truePositives,
    predicted: rows - predicted,
    actual: rows - actual,
  };
}

/** Why a share of nothing is 0 here, where it is. */
function emptyNote(name: string, { predicted, actual }: ClassCounts): string | undefined {
  if (name === 'precision' && predicted === 0) return '0 by convention: no row is predicted positive';
  if (name === 'recall' && actual === 0) return '0 by convention: no row is positive';
  return predicted + actual === 0 && name !== 'precision'
    ? '0 by convention: no row is positive or predicted so'
    : undefined;
}

/** Metrics of the positive class, binary tasks only. `positive` is its place in the matrix, -1 where it has no rows. */
export function positiveEntries(matrix: ConfusionMatrix, positive: number): readonly Entry[] {
  const counts = countClasses(matrix)[positive] ?? noCounts;
  const rest = complement(counts, sumOf(matrix.map(sumOf)));
  const measures = Object.entries(classMeasures).map(([name, measure]): Entry => {
    return { name, value: measure(counts), note: emptyNote(name, counts) };
  });
  const note = rest.actual === 0 ? '0 by convention: every row is positive' : undefined;
  return [...measures, { name: 'specificity', value: recall(rest), note }];
}

function averageEntries(matrix: ConfusionMatrix): readonly Entry[] {
  const classes = countClasses(matrix);
  return Object.entries(classMeasures).flatMap(([name, measure]) =>
    averages.map((average) => ({ name: `${name}_${average}`, value: averageOverClasses(measure, classes, average) })),
  );
}

/** Every metric of labels alone that does not single out a class. */
export function labelEntries(matrix: ConfusionMatrix): readonly Entry[] {
  const right = accuracy(matrix);
  return [
    { name: 'accuracy', value: right },
    { name: 'balanced_accuracy', value: balancedAccuracy(matrix) },
    undefinedWhere('balanced_accuracy_adjusted', adjustedBalancedAccuracy(matrix), 'undefined: one class has all rows'),
    { name: 'mcc', value: matthewsCorrelation(matrix) },
    undefinedWhere('cohen_kappa', cohenKappa(matrix), 'undefined: truth and predictions are one and the same label'),
    { name: 'hamming_loss', value: 1 - right },
    { name: 'zero_one_loss', value: 1 - right },
    ...averageEntries(matrix),
  ];
}
