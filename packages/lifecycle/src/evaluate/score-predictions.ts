import { evenWeights } from '@model-gitops/statistics';
import type { Scores } from '../documents.ts';
import type { Cell } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Predictions } from './interpret-predictions.ts';
import { evaluationProblems } from './problems.ts';
import { scoreFairness } from './scoring/fairness.ts';
import { scoreIntervals } from './scoring/intervals.ts';
import { scoreMetrics } from './scoring/metrics.ts';
import type { ScoredTable } from './scoring/rows.ts';
import { scoreSlices } from './scoring/slices.ts';

export interface ScoringRequest extends Omit<Predictions, 'notes'> {
  /** One a row, none missing. */
  readonly truth: readonly Cell[];
  /** Group of every row by column; null where it has none. */
  readonly sensitive: Readonly<Record<string, readonly Cell[]>>;
  readonly slices: Readonly<Record<string, readonly Cell[]>>;
  /** Finite and at least 0; without them all rows count the same. */
  readonly weight?: readonly number[];
  /** Column -> value of the group that AIF360's measures compare with; default the largest. */
  readonly privileged?: Readonly<Record<string, string>>;
  readonly seed: number;
}

/** An amount that is none cannot be compared with a prediction, and leaving its row out would flatter the model. */
function checkAmounts({ task, truth }: ScoringRequest): void {
  if (task !== 'regression') return;
  const row = truth.findIndex((cell) => typeof cell === 'string' || !Number.isFinite(Number(cell)));
  if (row >= 0) throw new ProblemError(evaluationProblems.targetAmount(row + 1));
}

/** Rates of nothing are 0 by convention, and gaps of such rates would pass. */
function checkWeights({ weight }: ScoringRequest): void {
  if (weight?.every((value) => value === 0)) throw new ProblemError(evaluationProblems.weightless());
}

function scorelessNote({ task, score, scores }: ScoringRequest): Readonly<Record<string, string>> {
  if (task === 'regression') return {};
  const hasScores = task === 'binary' ? score !== undefined : scores !== undefined;
  return hasScores ? {} : { scores: 'no scores were given, so only metrics of the predicted labels were computed' };
}

function columnlessNote({ truth, scores }: ScoringRequest): Readonly<Record<string, string>> {
  if (scores === undefined) return {};
  const known = new Set(scores.labels);
  const label = truth.find((cell) => !known.has(cell));
  return label === undefined ? {} : { scores: `left out: no column of scores is of the label ${label}` };
}

/**
 * Every figure of a set of predictions: metrics with 95 % intervals, gaps between groups, slices. A pure function: the
 * same rows and seed give the same figures. What is undefined is null with a note; it never counts as good.
 * Problems: `target-unsuitable`, `weight-unsuitable`, `privileged-unknown`.
 */
export function scorePredictions(request: ScoringRequest): Scores {
  checkAmounts(request);
  checkWeights(request);
  const { task, truth, prediction, score, scores, positive, weight, seed } = request;
  const table: ScoredTable = {
    ...{
      task,
      truth,
      prediction,
      weights: weight === undefined ? evenWeights(truth.length) : Float64Array.from(weight),
    },
    ...(score === undefined ? {} : { score: Float64Array.from(score) }),
    ...(scores === undefined
      ? {}
      : { scores: { ...scores, columns: scores.columns.map((column) => Float64Array.from(column)) } }),
    ...(positive === undefined ? {} : { positive }),
  };
  const { notes, ...scored } = scoreMetrics(table);
  const intervals = scoreIntervals(table, scored.metrics, seed);
  const fairness = scoreFairness(table, { sensitive: request.sensitive, privileged: request.privileged ?? {}, seed });
  const slices = scoreSlices(table, request.slices);
  return {
    task,
    rows: truth.length,
    ...scored,
    intervals: { ...intervals.intervals, ...fairness.intervals },
    fairness: fairness.fairness,
    slices: slices.slices,
    notes: {
      ...scorelessNote(request),
      ...columnlessNote(request),
      ...notes,
      ...intervals.notes,
      ...fairness.notes,
      ...slices.notes,
    },
  };
}
