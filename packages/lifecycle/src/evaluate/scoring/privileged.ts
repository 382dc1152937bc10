import { poolBinary, privilegedGaps, theilIndex } from '@model-gitops/statistics';
import { ProblemError } from '../../problem.ts';
import { evaluationProblems } from '../problems.ts';
import { type Entry, undefinedWhere } from './entries.ts';
import { countRows } from './group-measures.ts';
import { pickRows, positivesOf, type ScoredTable } from './rows.ts';
import type { Part } from './slices.ts';

/** The group that others are compared with: the one that was named, else the largest, the first of equal ones. Problem `privileged-unknown`. */
export function privilegedPart(parts: readonly Part[], column: string, wanted: string | undefined): Part | undefined {
  if (wanted === undefined) {
    const most = parts.reduce((largest, { rows }) => Math.max(largest, rows.length), 0);
    return parts.find(({ rows }) => rows.length === most);
  }
  const found = parts.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  const known = parts.map(({ name }) => name);
  throw new ProblemError(evaluationProblems.privilegedUnknown(column, wanted, known));
}

/** AIF360's figures of four counts; also of drawings. */
export function privilegedEntries(...counts: Parameters<typeof privilegedGaps>): readonly Entry[] {
  const gaps = privilegedGaps(...counts);
  const noRate = 'undefined: the privileged group or the others have no such rows';
  return [
    undefinedWhere('statistical_parity_difference', gaps.statisticalParityDifference, noRate),
    undefinedWhere('disparate_impact', gaps.disparateImpact, 'undefined: 0 by 0, nobody is selected'),
    undefinedWhere('average_odds_difference', gaps.averageOddsDifference, noRate),
    undefinedWhere('equal_opportunity_difference', gaps.equalOpportunityDifference, noRate),
  ];
}

/** AIF360's names: all other groups pooled against the privileged one. */
export function aif360Entries(table: ScoredTable, parts: readonly Part[], privileged: Part): readonly Entry[] {
  const counts = parts.map((part) => ({ part, counts: countRows(pickRows(table, part.rows)) }));
  const pool = (isWanted: (part: Part) => boolean) =>
    poolBinary(counts.filter(({ part }) => isWanted(part)).map((one) => one.counts));
  const theil = theilIndex(positivesOf(table.truth, table.positive), positivesOf(table.prediction, table.positive));
  return [
    ...privilegedEntries(
      pool((part) => part === privileged),
      pool((part) => part !== privileged),
    ),
    undefinedWhere('theil_index', theil, 'undefined: every row is a missed positive'),
  ];
}
