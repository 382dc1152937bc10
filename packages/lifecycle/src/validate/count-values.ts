import type { Cell } from '../ports/index.ts';

export interface ValueCount {
  readonly cells: readonly Cell[];
  readonly count: number;
}

/** A missing number is NaN in Python, which equals nothing, not even itself: each is counted by itself. */
function keyOf(cells: readonly Cell[], isNumber: readonly boolean[], row: number): string {
  return JSON.stringify(
    cells.map((cell, index) => {
      if (cell === null) return isNumber[index] ? ['missing', row] : null;
      return typeof cell === 'bigint' || typeof cell === 'number' ? ['number', String(cell)] : cell;
    }),
  );
}

/** How often each row of values stands in the list; the most frequent first, equal counts as they come. */
export function countRows(rows: readonly (readonly Cell[])[], isNumber: readonly boolean[]): readonly ValueCount[] {
  const counts = new Map<string, { readonly cells: readonly Cell[]; count: number }>();
  for (const [row, cells] of rows.entries()) {
    const key = keyOf(cells, isNumber, row);
    const found = counts.get(key);
    if (found === undefined) counts.set(key, { cells, count: 1 });
    else found.count += 1;
  }
  return [...counts.values()].sort((a, b) => b.count - a.count);
}

/** A missing value is NaN, which is less than no number, and which no text can be compared with. */
function isLess(a: Cell, b: Cell): boolean | null {
  if (a === null || b === null) return typeof a === 'string' || typeof b === 'string' ? null : false;
  if ((typeof a === 'string') !== (typeof b === 'string')) return null;
  return a < b;
}

/** Order of tuples: by the first place where they differ; null where Python could not say. */
function isTupleLess(a: readonly Cell[], b: readonly Cell[]): boolean | null {
  const at = a.findIndex((cell, index) => cell === null || cell !== b[index]);
  return at === -1 ? false : isLess(a[at] ?? null, b[at] ?? null);
}

/** Equal counts by value; null where values of different kinds stand side by side. */
export function sortedCounts(counts: readonly ValueCount[]): readonly ValueCount[] | null {
  const sorted: ValueCount[] = [];
  for (const one of counts) {
    let at = sorted.length;
    while (at > 0) {
      const other = sorted[at - 1];
      if (other === undefined || other.count !== one.count) break;
      const less = isTupleLess(one.cells, other.cells);
      if (less === null) return null;
      if (!less) break;
      at -= 1;
    }
    sorted.splice(at, 0, one);
  }
  return sorted;
}
