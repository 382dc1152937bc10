import type {
  Aggregate,
  Cell,
  ColumnKind,
  DataEngine,
  DataSession,
  Frequencies,
  Measured,
  Unexpected,
  UnexpectedQuestion,
} from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import {
  cleaned,
  countBy,
  type MemoryColumns,
  order,
  rowsInScope,
  tupleOf,
  unexpectedRows,
} from './memory-conditions.ts';

export interface MemoryColumn {
  readonly kind: ColumnKind;
  /** Default: what DuckDB would call it. */
  readonly nativeType?: string;
  readonly cells: readonly Cell[];
}

export type MemoryTable = Readonly<Record<string, MemoryColumn>>;

const nativeTypes: Readonly<Record<ColumnKind, string>> = {
  number: 'DOUBLE', text: 'VARCHAR', boolean: 'BOOLEAN', date: 'DATE', timestamp: 'TIMESTAMP', other: 'JSON',
}; // biome-ignore format: a small table

function problem(code: string, message: string): ProblemError {
  return new ProblemError({ code, message, remedy: 'Write the table into the test’s world.' });
}

const ascending = (a: Cell, b: Cell) => order(a, b) ?? 0;
const add = (numbers: readonly number[]) => numbers.reduce((sum, number) => sum + number, 0);

function meanOf(numbers: readonly number[]): number | null {
  return numbers.length === 0 ? null : add(numbers) / numbers.length;
}

function deviationOf(numbers: readonly number[]): number | null {
  const mean = meanOf(numbers);
  if (mean === null || numbers.length < 2 || !numbers.every(Number.isFinite)) return null;
  return Math.sqrt(add(numbers.map((number) => (number - mean) ** 2)) / (numbers.length - 1));
}

function medianOf(numbers: readonly number[]): number | null {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = sorted.length / 2;
  return meanOf(sorted.slice(Math.ceil(middle) - 1, Math.floor(middle) + 1));
}

function quantileOf(sorted: readonly Cell[], at: number): Cell {
  const place = (sorted.length - 1) * at;
  const below = Math.floor(place);
  const isUp = place - below > 0.5 || (place - below === 0.5 && below % 2 === 1);
  return sorted[isUp ? below + 1 : below] ?? null;
}

function frequenciesOf(values: readonly Exclude<Cell, null>[]): Frequencies {
  const counts = countBy(values.map((value) => tupleOf([value])));
  const firsts = new Map(values.map((value) => [tupleOf([value]), value]));
  const found = [...counts].flatMap(([key, count]) => {
    const value = firsts.get(key);
    return value === undefined ? [] : [{ value, count }];
  });
  return found.sort((a, b) => b.count - a.count);
}

function unexpectedOf(columns: MemoryColumns, count: number, question: UnexpectedQuestion): Unexpected {
  const rows = rowsInScope(columns, count, question);
  const found = unexpectedRows(rows, question).map(({ row, cell }) => ({
    row,
    cells: question.columns.map((name) => cell(name)),
  }));
  return {
    considered: rows.length,
    count: found.length,
    rows: question.rows === 'all' ? found : found.slice(0, question.rows),
  };
}

function columnAnswer(
  aggregate: Exclude<Aggregate, { kind: 'rows' | 'unexpected' }>,
  column: readonly Cell[],
): Measured {
  const values = column.map(cleaned).filter((cell) => cell !== null);
  const numbers = values.map(Number);
  switch (aggregate.kind) {
    case 'missing':
      return column.length - values.length;
    case 'least':
      return values.toSorted(ascending)[0] ?? null;
    case 'greatest':
      return values.toSorted(ascending).at(-1) ?? null;
    case 'sum':
      return numbers.length === 0 ? null : add(numbers);
    case 'mean':
      return meanOf(numbers);
    case 'deviation':
      return deviationOf(numbers);
    case 'median':
      return medianOf(numbers);
    case 'quantile':
      return quantileOf(values.toSorted(ascending), aggregate.at);
    case 'distinct':
      return countBy(values.map((value) => tupleOf([value]))).size;
    case 'frequencies':
      return frequenciesOf(values.toSorted(ascending));
    default:
      return aggregate satisfies never;
  }
}

function sessionOf(tableOf: (name: string) => MemoryTable): DataSession {
  const cellsOf = (name: string, wanted: readonly string[]) => {
    const table = tableOf(name);
    const missing = wanted.filter((column) => !Object.hasOwn(table, column));
    if (missing.length > 0) throw problem('column-missing', `The table has no column ${missing.join(', ')}.`);
    return Object.fromEntries(Object.entries(table).map(([column, { cells }]) => [column, cells]));
  };
  const rowsOf = (name: string) => Object.values(tableOf(name))[0]?.cells.length ?? 0;
  return {
    describe: async (name) => ({
      rows: rowsOf(name),
      columns: Object.entries(tableOf(name)).map(([column, { kind, nativeType }]) => ({
        name: column,
        kind,
        nativeType: nativeType ?? nativeTypes[kind],
      })),
    }),
    measure: async (name, aggregates) =>
      aggregates.map((aggregate): Measured => {
        if (aggregate.kind === 'rows') return rowsOf(name);
        if (aggregate.kind === 'unexpected')
          return unexpectedOf(cellsOf(name, aggregate.columns), rowsOf(name), aggregate);
        return columnAnswer(aggregate, cellsOf(name, [aggregate.column])[aggregate.column] ?? []);
      }),
    readColumns: async (name, wanted) => {
      const cells = cellsOf(name, wanted);
      return Object.fromEntries(wanted.map((column) => [column, cells[column] ?? []]));
    },
    writeQuery: () => Promise.reject(problem('sql-failed', 'Tables in memory know no SQL.')),
    close: async () => undefined,
  };
}

/** Tables in memory by the path that a source names first. It keeps every law of a DataEngine but runs no SQL. */
export function memoryDataEngine(tables: ReadonlyMap<string, MemoryTable>): DataEngine {
  return {
    async open(sources) {
      const found = Object.entries(sources).map(([name, { paths }]): [string, MemoryTable] => {
        const table = tables.get(paths[0] ?? '');
        if (table === undefined) throw problem('data-missing', `There is no table for "${name}".`);
        return [name, table];
      });
      const byName = new Map(found);
      return sessionOf((name) => {
        const table = byName.get(name);
        if (table === undefined) throw problem('data-missing', `No table "${name}" is open.`);
        return table;
      });
    },
  };
}
