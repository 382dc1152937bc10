import type { Bounds, Cell, Condition, UnexpectedQuestion } from '../ports/index.ts';

export type MemoryColumns = Readonly<Record<string, readonly Cell[]>>;

/** A row in scope: its number and its cells by column, missing ones as null. */
export interface MemoryRow {
  readonly row: number;
  readonly cell: (column: string) => Cell;
}

export function cleaned(cell: Cell | undefined): Cell {
  return cell === undefined || (typeof cell === 'number' && Number.isNaN(cell)) ? null : cell;
}

const family = (cell: Cell) => (typeof cell === 'string' ? 'text' : 'number');

/** Negative, zero or positive; null where the two can't be compared. Texts go by code points. */
export function order(a: Cell, b: Cell): number | null {
  if (a === null || b === null || family(a) !== family(b)) return null;
  if (typeof a !== 'string' || typeof b !== 'string') return a < b ? -1 : a > b ? 1 : 0;
  const [one, other] = [[...a], [...b]];
  const at = one.findIndex((character, index) => character !== other[index]);
  if (at === -1) return one.length - other.length;
  return (one[at]?.codePointAt(0) ?? 0) - (other[at]?.codePointAt(0) ?? -1);
}

function isWithin(value: Cell, { min, max, strictMin, strictMax }: Bounds): boolean {
  const low = min === null ? 1 : order(value, min);
  const high = max === null ? -1 : order(value, max);
  if (value === null || low === null || high === null) return false;
  return (strictMin ? low > 0 : low >= 0) && (strictMax ? high < 0 : high <= 0);
}

const isSame = (a: Cell, b: Cell) => (a === null && b === null) || order(a, b) === 0;

function isOrdered(before: Cell, value: Cell, direction: 'up' | 'down', strictly: boolean): boolean {
  const step = (order(value, before) ?? 0) * (direction === 'up' ? 1 : -1);
  return before === null || (strictly ? step > 0 : step >= 0);
}

function tupleOf(cells: readonly Cell[]): string {
  return JSON.stringify(
    cells.map((cell) => (typeof cell === 'bigint' ? { whole: String(cell) } : [typeof cell, cell])),
  );
}

function meets(condition: Exclude<Condition, { kind: 'unique' | 'ordered' }>, cell: (column: string) => Cell): boolean {
  switch (condition.kind) {
    case 'missing':
      return (cell(condition.column) === null) === condition.isMissing;
    case 'between':
      return isWithin(cell(condition.column), condition.bounds);
    case 'one-of':
      return condition.values.some((value) => order(value, cell(condition.column)) === 0) === condition.isMember;
    case 'length': {
      const text = cell(condition.column);
      return typeof text === 'string' && isWithin([...text].length, condition.bounds);
    }
    case 'accepted': {
      const value = cell(condition.column);
      return value !== null && condition.accepts(value);
    }
    case 'compare': {
      const step = order(cell(condition.left), cell(condition.right));
      return (
        step !== null && (condition.operator === '=' ? step === 0 : condition.operator === '>' ? step > 0 : step >= 0)
      );
    }
    case 'pair-one-of':
      return condition.pairs.some(([a, b]) => isSame(a, cell(condition.left)) && isSame(b, cell(condition.right)));
    case 'sum-equals':
      return (
        condition.columns
          .map((name) => cell(name))
          .reduce<number>((sum, one) => sum + (one === null ? Number.NaN : Number(one)), 0) === condition.total
      );
    case 'within-row': {
      const cells = condition.columns.map((name) => cell(name));
      if (condition.law === 'equal') return cells.every((one) => isSame(one, cells[0] ?? null));
      return cells.every((one, index) => cells.slice(index + 1).every((other) => !isSame(one, other)));
    }
    default:
      return condition satisfies never;
  }
}

/** The rows in scope of a question. */
export function rowsInScope(columns: MemoryColumns, count: number, { columns: names, ignore }: UnexpectedQuestion) {
  const rows = Array.from(
    { length: count },
    (_, row): MemoryRow => ({ row, cell: (name) => cleaned(columns[name]?.[row]) }),
  );
  if (ignore === 'none') return rows;
  const isFilled =
    ({ cell }: MemoryRow) =>
    (name: string) =>
      cell(name) !== null;
  return rows.filter((row) => (ignore === 'any-missing' ? names.every(isFilled(row)) : names.some(isFilled(row))));
}

/** The rows in scope that do not meet the question's condition. */
export function unexpectedRows(
  rows: readonly MemoryRow[],
  { condition, columns }: UnexpectedQuestion,
): readonly MemoryRow[] {
  if (condition.kind === 'ordered')
    return rows.filter(({ cell }, index) => {
      const before = index === 0 ? null : (rows[index - 1]?.cell(condition.column) ?? null);
      return !isOrdered(before, cell(condition.column), condition.direction, condition.strictly);
    });
  if (condition.kind !== 'unique') return rows.filter(({ cell }) => !meets(condition, cell));
  const tuple = ({ cell }: MemoryRow) => tupleOf(columns.map((name) => cell(name)));
  const counts = countBy(rows.map(tuple));
  return rows.filter((row) => (counts.get(tuple(row)) ?? 0) > 1);
}

export function countBy(keys: readonly string[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const key of keys) counts.set(key, (counts.get(key) ?? 0) + 1);
  return counts;
}

export { tupleOf };
