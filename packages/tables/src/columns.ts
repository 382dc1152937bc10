import { type ColumnDescription, type ColumnKind, ProblemError } from '@model-gitops/lifecycle';
import type { Connection, Row } from './connection.ts';
import { tableProblems } from './problems.ts';
import { quoted } from './sql-text.ts';

/** A column with the SQL that reads it. */
export interface Column extends ColumnDescription {
  readonly isInteger: boolean;
  /** The value to compare and count: a missing one (NULL, NaN) is NULL; numbers are integers or DOUBLE. */
  readonly value: string;
  /** The column as it stands, as a type that reaches JavaScript whole. */
  readonly cell: string;
}

/** A table that is open, as SQL speaks of it. */
export interface Table {
  readonly name: string;
  readonly sql: string;
  readonly columns: readonly Column[];
}

const integers = /^U?(TINYINT|SMALLINT|INTEGER|BIGINT|HUGEINT)$/;
const kinds: readonly (readonly [RegExp, ColumnKind])[] = [
  [integers, 'number'],
  [/^(FLOAT|DOUBLE|DECIMAL)/, 'number'],
  [/^(VARCHAR|ENUM|UUID)(?!.*\[\]$)/, 'text'],
  [/^BOOLEAN$/, 'boolean'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP(?!.*\[\]$)/, 'timestamp'],
];

function kindOf(nativeType: string): ColumnKind {
  return nativeType.endsWith(']') ? 'other' : (kinds.find(([type]) => type.test(nativeType))?.[1] ?? 'other');
}

/** ISO 8601, with microseconds only where there are any, as Python writes it. */
function timestampText(sql: string): string {
  const text = (format: string) => `strftime(${sql}, '${format}')`;
  return `CASE WHEN epoch_us(${sql}) % 1000000 = 0 THEN ${text('%Y-%m-%dT%H:%M:%S')} ELSE ${text('%Y-%m-%dT%H:%M:%S.%f')} END`;
}

/** Whether the text form of a nested or odd type is JSON or the engine's own. */
function isNested(nativeType: string): boolean {
  return /[\])]$/.test(nativeType);
}

function readable(name: string, kind: ColumnKind, nativeType: string): string {
  const sql = quoted(name);
  if (kind === 'timestamp')
    return nativeType === 'TIMESTAMP'
      ? sql
      : nativeType.includes('ZONE')
        ? `(${sql} AT TIME ZONE 'UTC')`
        : `CAST(${sql} AS TIMESTAMP)`;
  if (kind === 'number') return integers.test(nativeType) || nativeType === 'DOUBLE' ? sql : `CAST(${sql} AS DOUBLE)`;
  if (kind === 'text') return nativeType === 'VARCHAR' ? sql : `CAST(${sql} AS VARCHAR)`;
  if (kind !== 'other') return sql;
  return isNested(nativeType) ? `CAST(to_json(${sql}) AS VARCHAR)` : `CAST(${sql} AS VARCHAR)`;
}

function columnOf(name: string, nativeType: string): Column {
  const kind = kindOf(nativeType);
  const isInteger = integers.test(nativeType);
  const cell = readable(name, kind, nativeType);
  const value = kind === 'number' && !isInteger ? `nullif(${cell}, 'NaN'::DOUBLE)` : cell;
  return { name, kind, nativeType, isInteger, value, cell: shown({ kind }, cell) };
}

/** An expression over a column's values as a type that JavaScript reads: numbers, texts, booleans. */
export function shown({ kind }: Pick<Column, 'kind'>, sql: string): string {
  if (kind === 'timestamp') return timestampText(sql);
  return kind === 'date' ? `CAST(${sql} AS VARCHAR)` : sql;
}

/** The columns that a DESCRIBE answers. */
export function columnsOf(described: readonly Row[]): readonly Column[] {
  return described.map(([name, type]) => columnOf(String(name), String(type)));
}

/** The columns of a table or view that is there. */
export async function describeTable(connection: Connection, name: string): Promise<Table> {
  const sql = quoted(name);
  return { name, sql, columns: columnsOf(await connection.rows(`DESCRIBE ${sql}`)) };
}

/** The named columns in the order asked. Problem `column-missing`. */
export function columnsNamed(table: Table, names: readonly string[]): readonly Column[] {
  const found = names.map((name) => table.columns.find((column) => column.name === name));
  const missing = names.filter((_, index) => found[index] === undefined);
  if (missing.length === 0) return found.filter((column) => column !== undefined);
  const known = table.columns.map(({ name }) => name);
  throw new ProblemError(tableProblems.columnMissing([...new Set(missing)], table.name, known));
}
