import type { Scores } from '../../documents.ts';
import type { Cell } from '../../ports/index.ts';
import { sortedLabels } from '../labels.ts';
import { settle } from './entries.ts';
import { partEntries } from './metrics.ts';
import { pickRows, type ScoredTable } from './rows.ts';

/** More values than this are no groups, but an amount or a name. */
export const mostGroups = 200;
/** Figures of fewer rows are noise more than anything. */
const fewRows = 30;

export interface Part {
  readonly name: string;
  /** As the column holds it. */
  readonly value: Cell;
  readonly rows: readonly number[];
}

/** The rows of each value of a column, in the order of the sorted values. Rows without one are in no part. */
export function partsOf(groups: readonly Cell[]): readonly Part[] {
  const rows = new Map<Cell, number[]>();
  for (const [row, group] of groups.entries()) {
    const own = rows.get(group);
    if (own === undefined) rows.set(group, [row]);
    else own.push(row);
  }
  return sortedLabels([...rows.keys()]).map((value) => ({ name: String(value), value, rows: rows.get(value) ?? [] }));
}

/** What to know of the parts before reading their figures, by path. */
export function notesOfParts(parts: readonly Part[], total: number, path: string): Readonly<Record<string, string>> {
  const without = total - parts.reduce((sum, { rows }) => sum + rows.length, 0);
  const small = parts.filter(({ rows }) => rows.length < fewRows);
  return {
    ...(without === 0 ? {} : { [path]: `${without} of ${total} rows have no value here and are in no group` }),
    ...Object.fromEntries(
      small.map(({ name, rows }) => [
        `${path}.${name}`,
        `${rows.length} rows only: figures of so few are mostly noise`,
      ]),
    ),
  };
}

export function tooManyNote(count: number): string {
  return `left out: ${count} different values (at most ${mostGroups}); make a column of ranges or larger groups`;
}

/** The metrics of each value of the columns. */
export function scoreSlices(
  table: ScoredTable,
  slices: Readonly<Record<string, readonly Cell[]>>,
): Pick<Scores, 'slices' | 'notes'> {
  const notes: Record<string, string> = {};
  const scored: Record<string, Scores['slices'][string]> = {};
  for (const [column, values] of Object.entries(slices)) {
    const [parts, path] = [partsOf(values), `slices.${column}`];
    if (parts.length > mostGroups) {
      notes[path] = tooManyNote(parts.length);
      continue;
    }
    Object.assign(notes, notesOfParts(parts, values.length, path));
    const ofParts = parts.map(({ name, rows }) => {
      const settled = settle(partEntries(pickRows(table, rows)), `${path}.${name}`);
      Object.assign(notes, settled.notes);
      return [name, { rows: rows.length, metrics: settled.figures }] as const;
    });
    scored[column] = Object.fromEntries(ofParts);
  }
  return { slices: scored, notes };
}
