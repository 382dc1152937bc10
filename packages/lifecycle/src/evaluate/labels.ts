import type { Cell } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { evaluationProblems } from './problems.ts';

/** Whole numbers beyond 2^53 stay as they are: as doubles some of them would be equal. */
function numberOf(label: Cell): number | bigint {
  return typeof label === 'bigint' ? label : Number(label);
}

/** Numbers by value, as scikit-learn sorts them; all others by code point. */
function compareLabels(a: Cell, b: Cell): number {
  const areNumbers = typeof a !== 'string' && typeof b !== 'string';
  const [left, right] = areNumbers ? [numberOf(a), numberOf(b)] : [String(a), String(b)];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** The distinct labels of both columns, sorted. */
export function sortedLabels(...columns: readonly (readonly Cell[])[]): readonly Cell[] {
  const distinct = new Set<Cell>();
  for (const column of columns) for (const label of column) distinct.add(label);
  return [...distinct].filter((label) => label !== null).sort(compareLabels);
}

type LabelKind = 'texts' | 'numbers' | 'truth values' | 'a mixture of kinds' | 'nothing';

function kindOf(labels: readonly Cell[]): LabelKind {
  const kinds = new Set(labels.map((label) => (typeof label === 'bigint' ? 'number' : typeof label)));
  if (kinds.size === 0) return 'nothing';
  if (kinds.size > 1) return 'a mixture of kinds';
  return kinds.has('string') ? 'texts' : kinds.has('boolean') ? 'truth values' : 'numbers';
}

const truths: Readonly<Record<string, boolean>> = {
  0: false,
  1: true,
  false: false,
  true: true,
  False: false,
  True: true,
};
const isNumeric = (label: Cell) => String(label).trim() !== '' && Number.isFinite(Number(label));

/**
 * Predicted labels in the kind of the target: a model trained on 0 and 1 predicts a column of truth values, one whose
 * exporter wrote labels as texts predicts numbers. Anything else is problem `labels-differ`: comparing a text with a
 * number would count every row as wrong and look like a bad model.
 */
export function alignLabels(truth: readonly Cell[], prediction: readonly Cell[]): readonly Cell[] {
  const [wanted, given] = [sortedLabels(truth), sortedLabels(prediction)];
  const [wantedKind, givenKind] = [kindOf(wanted), kindOf(given)];
  if (wantedKind === givenKind) return prediction;
  if (wantedKind === 'truth values' && given.every((label) => String(label) in truths))
    return prediction.map((label) => truths[String(label)] ?? null);
  if (wantedKind === 'numbers' && givenKind === 'truth values') return prediction.map(Number);
  if (wantedKind === 'numbers' && given.every(isNumeric)) return prediction.map(Number);
  if (wantedKind === 'texts' && wanted.every(isNumeric) && givenKind === 'numbers') return prediction.map(String);
  throw new ProblemError(evaluationProblems.labelKinds(wantedKind, givenKind));
}

/** The label that a person wrote, as the target holds it; the last sorted one by default. */
export function positiveLabel(labels: readonly Cell[], wanted: string | undefined): Cell {
  if (wanted === undefined) return labels.at(-1) ?? null;
  const found = labels.find((label) => String(label) === wanted);
  if (found === undefined) throw new ProblemError(evaluationProblems.positiveUnknown(wanted, labels.map(String)));
  return found;
}
