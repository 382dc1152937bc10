import {
  brierScore,
  d2Brier,
  expectedCalibrationError,
  logLoss,
  maximumCalibrationError,
  type ProbabilityTable,
} from '@model-gitops/statistics';
import { type Entry, undefinedWhere } from './entries.ts';

export const oneClass = 'undefined: the rows hold one class only';
export const noProbabilities = 'undefined: the scores are no probabilities between 0 and 1';

export interface Claims {
  readonly table: ProbabilityTable;
  /** What is claimed of each row, with which probability, and whether it came true. */
  readonly claimed: Parameters<typeof expectedCalibrationError>[0];
  /** Why the scores are no probabilities; null where they are. */
  readonly flaw: string | null;
}

/** How far scores, taken as probabilities, are from what came true. */
export function probabilityEntries({ table, claimed, flaw }: Claims): readonly Entry[] {
  const entry = (name: string, compute: () => number) =>
    undefinedWhere(name, flaw === null ? compute() : Number.NaN, flaw ?? oneClass);
  return [
    entry('log_loss', () => logLoss(table)),
    entry('brier', () => brierScore(table)),
    entry('d2_brier', () => d2Brier(table)),
    entry('ece_10', () => expectedCalibrationError(claimed, 10)),
    entry('ece_15', () => expectedCalibrationError(claimed, 15)),
    entry('mce_10', () => maximumCalibrationError(claimed, 10)),
  ];
}
