import type { Scores } from '../documents.ts';
import type { Cell } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { alignLabels, positiveLabel, sortedLabels } from './labels.ts';
import type { RawPredictions } from './model-outputs.ts';
import { evaluationProblems } from './problems.ts';
import { labelsOfColumns } from './score-columns.ts';

export type Task = Scores['task'];

/** Predictions as scoring takes them. */
export interface Predictions {
  readonly task: Task;
  readonly prediction: readonly Cell[];
  /** Score of the positive label, a binary task only. */
  readonly score?: readonly number[];
  readonly scores?: { readonly labels: readonly Cell[]; readonly columns: readonly (readonly number[])[] };
  readonly positive?: Cell;
  readonly notes: Readonly<Record<string, string>>;
}

export interface Question {
  readonly raw: RawPredictions;
  /** null: nobody knows the truth, only predictions are wanted. */
  readonly truth: readonly Cell[] | null;
  readonly task: Task | undefined;
  readonly positive: string | undefined;
  /** `sorted`: somebody vouches that the columns of scores are in the order of the sorted labels. `unknown`: a model file, which does not say. */
  readonly scoreOrder: 'sorted' | 'unknown';
}

function taskOf({ raw, truth, task }: Question): Task {
  if (task !== undefined) return task;
  if (raw.labels === null && raw.scores.length === 1) return 'regression';
  const classes = raw.scores.length === 0 ? sortedLabels(truth ?? [], raw.labels ?? []).length : raw.scores.length;
  return classes <= 2 ? 'binary' : 'multiclass';
}

/** A model that has no answer for a row is no model for it: NaN is never dropped from the figures. */
function checkFinite(what: string, values: readonly unknown[]): void {
  const row = values.findIndex((value) => value === null || (typeof value === 'number' && !Number.isFinite(value)));
  if (row >= 0) throw new ProblemError(evaluationProblems.notFinite(what, row + 1), { kind: 'refused' });
}

function regression({ labels, scores }: RawPredictions): Predictions {
  if (scores.length > 1)
    throw new ProblemError(evaluationProblems.outputs(`${scores.length} numbers a row are no regression`));
  const prediction = scores[0] ?? labels ?? [];
  if (prediction.some((value) => typeof value !== 'number' && typeof value !== 'bigint'))
    throw new ProblemError(evaluationProblems.outputs('a regression predicts numbers'));
  return { task: 'regression', prediction: prediction.map(Number), notes: {} };
}

/** Scores without labels: the highest one wins, the first of equal ones. */
function labelsFromScores({ scores }: RawPredictions, labels: readonly Cell[], positive: Cell): readonly Cell[] {
  const rows = Array.from({ length: scores[0]?.length ?? 0 }, (_, row) => scores.map((column) => column[row] ?? 0));
  if (scores.length === 1) {
    const negative = labels.find((label) => label !== positive) ?? null;
    return rows.map(([score = 0]) => (score >= 0.5 ? positive : negative));
  }
  return rows.map((row) => labels[row.indexOf(Math.max(...row))] ?? null);
}

/** Without a target and without a label output all that a class has is its place. */
function knownLabels({ raw, truth }: Question, aligned: readonly Cell[] | null): readonly Cell[] {
  if (truth === null && aligned === null) return Array.from({ length: Math.max(2, raw.scores.length) }, (_, i) => i);
  return sortedLabels(truth ?? [], aligned ?? []);
}

function classification(question: Question, task: 'binary' | 'multiclass'): Predictions {
  const { raw, truth } = question;
  const aligned = raw.labels === null || truth === null ? raw.labels : alignLabels(truth, raw.labels);
  const labels = knownLabels(question, aligned);
  if (task === 'binary' && labels.length > 2) throw new ProblemError(evaluationProblems.notBinary(labels.map(String)));
  if (aligned === null && labels.length !== Math.max(2, raw.scores.length)) {
    const what = `${raw.scores.length} scores a row and no label, but the target has ${labels.length} labels`;
    throw new ProblemError(evaluationProblems.outputs(what));
  }
  const positive = positiveLabel(labels, question.positive);
  const prediction = aligned ?? labelsFromScores(raw, labels, positive);
  const scored = scoresOf({ question, task, prediction, labels, positive });
  return { task, prediction, ...(task === 'binary' ? { positive } : {}), ...scored };
}

interface Labelled {
  readonly question: Question;
  readonly task: 'binary' | 'multiclass';
  readonly prediction: readonly Cell[];
  readonly labels: readonly Cell[];
  readonly positive: Cell;
}

function columnLabels({ question, prediction, labels }: Labelled): readonly Cell[] | null {
  const columns = question.raw.scores;
  if (question.scoreOrder === 'unknown') return labelsOfColumns(columns, prediction, labels);
  if (columns.length === labels.length) return labels;
  throw new ProblemError(evaluationProblems.scoreColumns(columns.length, labels.map(String)));
}

const unlabelled =
  'left out: the model does not say which label each column of scores is of, and the rows do not settle it';

function scoresOf(labelled: Labelled): Pick<Predictions, 'score' | 'scores' | 'notes'> {
  const columns = labelled.question.raw.scores;
  const [only] = columns;
  if (only === undefined) return { notes: {} };
  if (columns.length === 1)
    return labelled.task === 'binary'
      ? { score: only, notes: {} }
      : { notes: { scores: 'left out: one score a row does not rank several labels' } };
  const order = columnLabels(labelled);
  if (order === null) return { notes: { scores: unlabelled } };
  const score = columns[order.indexOf(labelled.positive)];
  if (labelled.task === 'multiclass') return { scores: { labels: order, columns }, notes: {} };
  return score === undefined ? { notes: { scores: unlabelled } } : { score, notes: {} };
}

/**
 * The task follows from what a model answers: one number a row is a regression, a label with at most two scores
 * binary, with more multiclass; `task` overrides. Problems: `prediction-not-finite` (refused), `labels-differ`,
 * `labels-not-binary`, `positive-unknown`, `output-unsupported`.
 */
export function interpretPredictions(question: Question): Predictions {
  const { raw } = question;
  for (const column of raw.scores) checkFinite('score', column);
  checkFinite('prediction', raw.labels ?? []);
  const task = taskOf(question);
  return task === 'regression' ? regression(raw) : classification(question, task);
}
