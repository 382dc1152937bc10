import type { Bounds, Cell, Condition } from '@model-gitops/lifecycle';
import { type Column, columnsNamed, type Table } from './columns.ts';
import { comparableLiteral, comparableValue, isComparable } from './comparable.ts';
import { literal } from './sql-text.ts';

/** Conditions that one row answers by itself, in the scan that all share. */
export type RowCondition = Exclude<Condition, { readonly kind: 'unique' | 'ordered' }>;

const all = (parts: readonly string[]) =>
  parts.length === 0 ? 'TRUE' : parts.map((part) => `(${part})`).join(' AND ');
const any = (parts: readonly string[]) =>
  parts.length === 0 ? 'FALSE' : parts.map((part) => `(${part})`).join(' OR ');

function columnNamed(table: Table, name: string): Column {
  const [column] = columnsNamed(table, [name]);
  if (column === undefined) throw new Error(`A column is lost: ${name}`);
  return column;
}

/** A bound that no whole number lies on is the next one inward: no column is cast for it. */
function inward(bound: Cell, side: 'min' | 'max'): { readonly bound: Cell; readonly isMoved: boolean } {
  if (typeof bound !== 'number' || !Number.isFinite(bound) || Number.isInteger(bound)) return { bound, isMoved: false };
  return { bound: side === 'min' ? Math.ceil(bound) : Math.floor(bound), isMoved: true };
}

function limit(column: Column, value: string, side: 'min' | 'max', { [side]: wanted, ...bounds }: Bounds): string {
  if (wanted === null) return 'TRUE';
  const isEndless = typeof wanted === 'number' && !Number.isFinite(wanted);
  if (isEndless && (column.isInteger || column.kind === 'boolean'))
    return String((wanted as number) < 0 === (side === 'min')).toUpperCase();
  const { bound, isMoved } =
    column.isInteger || column.kind === 'boolean' ? inward(wanted, side) : { bound: wanted, isMoved: false };
  const isStrict = !isMoved && (side === 'min' ? bounds.strictMin : bounds.strictMax);
  const operator = `${side === 'min' ? '>' : '<'}${isStrict ? '' : '='}`;
  return `${value} ${operator} ${comparableLiteral(column, bound) ?? 'NULL'}`;
}

function between(column: Column, value: string, bounds: Bounds): string {
  return all([`${value} IS NOT NULL`, limit(column, value, 'min', bounds), limit(column, value, 'max', bounds)]);
}

function oneOf(column: Column, values: readonly Cell[]): string {
  const whole = column.isInteger
    ? values.filter((value) => typeof value !== 'number' || Number.isInteger(value))
    : values;
  const literals = whole.map((value) => comparableLiteral(column, value)).filter((text) => text !== null);
  return literals.length === 0 ? 'FALSE' : `${comparableValue(column)} IN (${literals.join(', ')})`;
}

function lengthBetween({ value }: Column, bounds: Bounds): string {
  const length: Column = { name: '', kind: 'number', nativeType: 'BIGINT', isInteger: true, value: '', cell: '' };
  return between(length, `length(${value})`, bounds);
}

function compared(left: Column, right: Column, operator: string): string {
  return isComparable(left, right) ? `${comparableValue(left)} ${operator} ${comparableValue(right)}` : 'FALSE';
}

function same(a: Column, b: Column): string {
  const both = `${a.value} IS NULL AND ${b.value} IS NULL`;
  return isComparable(a, b) ? `${comparableValue(a)} IS NOT DISTINCT FROM ${comparableValue(b)}` : both;
}

function withinRow(columns: readonly Column[], law: 'equal' | 'different'): string {
  if (law === 'equal') return all(columns.slice(1).map((column, index) => same(columns[index] ?? column, column)));
  const pairs = columns.flatMap((a, index) => columns.slice(index + 1).map((b) => `NOT (${same(a, b)})`));
  return all(pairs);
}

function equalsCell(column: Column, cell: Cell): string {
  return cell === null ? `${column.value} IS NULL` : oneOf(column, [cell]);
}

/** Values that RE2 finds the patterns in, as often as asked. */
function found(
  { value }: Column,
  re2: { readonly patterns: readonly string[]; readonly need: 'all' | 'any'; readonly negated: boolean },
): string {
  const each = re2.patterns.map((pattern) => `regexp_matches(${value}, ${literal(pattern)})`);
  const together = re2.need === 'all' ? all(each) : any(each);
  return re2.negated ? `NOT (${together})` : together;
}

/** Whether a law of single values can be left to the engine. */
export function isForRe2(table: Table, condition: Condition): boolean {
  return (
    condition.kind === 'accepted' && condition.re2 !== undefined && columnNamed(table, condition.column).kind === 'text'
  );
}

/** True where a row meets the condition; false or NULL where it does not. `acceptedSql` is what finds accepted values otherwise. */
export function conditionSql(table: Table, condition: RowCondition, acceptedSql: string | null): string {
  const column = (name: string) => columnNamed(table, name);
  switch (condition.kind) {
    case 'missing':
      return `${column(condition.column).value} IS ${condition.isMissing ? '' : 'NOT '}NULL`;
    case 'between':
      return between(column(condition.column), comparableValue(column(condition.column)), condition.bounds);
    case 'one-of':
      return `${condition.isMember ? '' : 'NOT '}(${oneOf(column(condition.column), condition.values)})`;
    case 'length':
      return lengthBetween(column(condition.column), condition.bounds);
    case 'accepted':
      return acceptedSql ?? (condition.re2 === undefined ? 'FALSE' : found(column(condition.column), condition.re2));
    case 'compare':
      return compared(column(condition.left), column(condition.right), condition.operator);
    case 'pair-one-of':
      return any(
        condition.pairs.map(([a, b]) =>
          all([equalsCell(column(condition.left), a), equalsCell(column(condition.right), b)]),
        ),
      );
    case 'sum-equals':
      return `${condition.columns.map((name) => `CAST(${comparableValue(column(name))} AS DOUBLE)`).join(' + ')} = ${comparableLiteral({ ...column(condition.columns[0] ?? ''), kind: 'number', isInteger: false }, condition.total)}`;
    case 'within-row':
      return withinRow(columnsNamed(table, condition.columns), condition.law);
    default:
      return condition satisfies never;
  }
}
