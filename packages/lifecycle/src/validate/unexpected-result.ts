import type { Cell, Condition, IgnoredRows, Unexpected, UnexpectedQuestion } from '../ports/index.ts';
import { countRows, sortedCounts } from './count-values.ts';
import { type Judgement, type Question, question, type ResultFormat, type TableFacts } from './expectation.ts';
import { shownCell } from './table-facts.ts';

/** An expectation about each row: which rows, which law, and the share that must keep it. */
export interface RowLaw {
  readonly columns: readonly string[];
  readonly condition: Condition;
  readonly ignore: IgnoredRows;
  readonly mostly: number;
  /** How an unexpected row is shown: its one value, its pair, or its values by column. */
  readonly shape: 'value' | 'pair' | 'record';
  /** Whether missing values are told apart; not where they are the question. */
  readonly tellsMissing: boolean;
}

/** So many unexpected values are shown in part, as in Great Expectations. */
const partial = 20;

const listed: Readonly<Record<ResultFormat, UnexpectedQuestion['rows']>> = {
  BOOLEAN_ONLY: 0,
  BASIC: partial,
  SUMMARY: partial,
  COMPLETE: 'all',
};

function shapedRow(cells: readonly Cell[], { shape, columns }: RowLaw): unknown {
  const shown = cells.map(shownCell);
  if (shape === 'value') return shown[0];
  return shape === 'pair' ? shown : Object.fromEntries(columns.map((name, index) => [name, shown[index]]));
}

/** How often each listed value is unexpected; left out where values of different kinds could not be ordered. */
function countsField(rows: readonly (readonly Cell[])[], { shape, columns }: RowLaw, table: TableFacts) {
  const isNumber = columns.map((name) => table.columns.find((column) => column.name === name)?.kind === 'number');
  const counts = sortedCounts(countRows(rows, isNumber).slice(0, partial));
  if (counts === null) return {};
  const value = (cells: readonly Cell[]) => (shape === 'value' ? shownCell(cells[0] ?? null) : cells.map(shownCell));
  return { partial_unexpected_counts: counts.map(({ cells, count }) => ({ value: value(cells), count })) };
}

function percent(part: number, whole: number): number | null {
  return whole === 0 ? null : (part / whole) * 100;
}

function countFields(found: Unexpected, rows: number, law: RowLaw): Readonly<Record<string, unknown>> {
  const { considered, count } = found;
  const ofConsidered = percent(count, law.tellsMissing ? considered : rows);
  const values = found.rows.map(({ cells }) => shapedRow(cells, law));
  return {
    element_count: rows,
    unexpected_count: count,
    unexpected_percent: ofConsidered,
    partial_unexpected_list: values.slice(0, partial),
    ...(law.tellsMissing
      ? {
          missing_count: rows - considered,
          missing_percent: percent(rows - considered, rows),
          unexpected_percent_total: percent(count, rows),
          unexpected_percent_nonmissing: ofConsidered,
        }
      : {}),
  };
}

function resultOf(found: Unexpected, law: RowLaw, table: TableFacts): Readonly<Record<string, unknown>> {
  const { resultFormat, rows } = table;
  if (resultFormat === 'BOOLEAN_ONLY') return {};
  const basic = countFields(found, rows, law);
  if (resultFormat === 'BASIC') return basic;
  const cells = found.rows.map((row) => row.cells);
  const numbers = found.rows.map(({ row }) => row);
  const partialNumbers = { partial_unexpected_index_list: numbers.slice(0, partial) };
  const summary = { ...basic, ...countsField(cells, law, table), ...partialNumbers };
  if (resultFormat === 'SUMMARY') return summary;
  const values = cells.map((row) => shapedRow(row, law));
  return { ...summary, unexpected_list: values, unexpected_index_list: numbers };
}

/** Nothing to judge is a success here, as in Great Expectations: that a column is filled is an expectation of its own. */
function isEnough({ considered, count }: Unexpected, mostly: number): boolean {
  return considered === 0 || (considered - count) / considered >= mostly;
}

/** The question of an expectation about rows. */
export function askRows(law: RowLaw, table: TableFacts): Question {
  const { columns, condition, ignore } = law;
  return question(
    { found: { kind: 'unexpected', columns, condition, ignore, rows: listed[table.resultFormat] } },
    ({ found }): Judgement => ({
      success: isEnough(found, law.mostly),
      result: resultOf(found, law, table),
    }),
  );
}

/** The question of an expectation about the values of one column. */
export function askValues(column: string, condition: Condition, mostly: number, table: TableFacts): Question {
  const law = {
    columns: [column],
    condition,
    ignore: 'any-missing',
    mostly,
    shape: 'value',
    tellsMissing: true,
  } as const;
  return askRows(law, table);
}
