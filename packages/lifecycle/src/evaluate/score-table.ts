import type { Scores } from '../documents.ts';
import type { Cell } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { groupColumns, readGroups } from './groups.ts';
import type { Predictions } from './interpret-predictions.ts';
import { evaluationProblems } from './problems.ts';
import { scorePredictions } from './score-predictions.ts';
import { columnOf, type TestTable } from './test-table.ts';

/** What people want to know of the rows besides whether predictions are right. */
export interface Breakdown {
  readonly sensitive: readonly string[];
  readonly slices: readonly string[];
  readonly weight?: string | undefined;
  /** Column -> value, for the measures that compare with a privileged group. */
  readonly privileged?: Readonly<Record<string, string>> | undefined;
}

/** The columns that a breakdown reads. */
export function breakdownColumns({ sensitive, slices, weight }: Breakdown): readonly string[] {
  return [...groupColumns(sensitive), ...groupColumns(slices), ...(weight === undefined ? [] : [weight])];
}

function weightsOf(table: TestTable, column: string, where: string): readonly number[] {
  const cells = columnOf(table, column, where);
  const row = cells.findIndex((cell) => !(typeof cell === 'number' && Number.isFinite(cell) && cell >= 0));
  if (row >= 0) throw new ProblemError(evaluationProblems.weight(column, row + 1));
  return cells.map(Number);
}

/** A group to compare with, in a column that nobody compares: a typing error, which must not go unseen. */
function checkPrivileged({ sensitive, privileged = {} }: Breakdown): void {
  const stray = Object.keys(privileged).find((column) => !sensitive.includes(column));
  if (stray !== undefined) throw new ProblemError(evaluationProblems.privilegedElsewhere(stray, sensitive));
}

export interface ScoreRequest {
  readonly table: TestTable;
  readonly where: string;
  readonly truth: readonly Cell[];
  readonly predictions: Predictions;
  readonly breakdown: Breakdown;
  readonly seed: number;
}

/** All figures of a set of predictions, with the notes of how they were read. */
export function scoreTable({ table, where, truth, predictions, breakdown, seed }: ScoreRequest): Scores {
  checkPrivileged(breakdown);
  const { notes, ...predicted } = predictions;
  const scores = scorePredictions({
    ...predicted,
    truth,
    sensitive: readGroups(table, breakdown.sensitive, where),
    slices: readGroups(table, breakdown.slices, where),
    ...(breakdown.weight === undefined ? {} : { weight: weightsOf(table, breakdown.weight, where) }),
    ...(breakdown.privileged === undefined ? {} : { privileged: breakdown.privileged }),
    seed,
  });
  return { ...scores, notes: { ...scores.notes, ...notes } };
}
