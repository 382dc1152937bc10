import type { Cell } from '../ports/index.ts';
import { columnOf, type TestTable } from './test-table.ts';

/** The columns that a list of groupings reads: `a&b` is the combination of a and b. */
export function groupColumns(groupings: readonly string[]): readonly string[] {
  return groupings.flatMap((grouping) => grouping.split('&'));
}

/** Group of every row by grouping; of a combination `x|y`, and null where any part is missing. */
export function readGroups(
  table: TestTable,
  groupings: readonly string[],
  where: string,
): Readonly<Record<string, readonly Cell[]>> {
  return Object.fromEntries(groupings.map((grouping) => [grouping, groupOfRows(table, grouping, where)]));
}

function groupOfRows(table: TestTable, grouping: string, where: string): readonly Cell[] {
  const parts = grouping.split('&').map((name) => columnOf(table, name, where));
  const [only] = parts;
  if (parts.length === 1 && only !== undefined) return only;
  return Array.from({ length: table.rows }, (_, row) => {
    const cells = parts.map((part) => part[row] ?? null);
    return cells.includes(null) ? null : cells.join('|');
  });
}
