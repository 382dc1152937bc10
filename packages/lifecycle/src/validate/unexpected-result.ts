import type { Cell, Condition, IgnoredRows, Unexpected, UnexpectedQuestion } from '../ports/index.ts';
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

const listed: Readonly<
  Record<ResultFormat, { readonly rows: UnexpectedQuestion['rows']; readonly mostCommon: number }>
> = {
  BOOLEAN_ONLY: { rows: 0, mostCommon: 0 },
  BASIC: { rows: partial, mostCommon: 0 },
  SUMMARY: { rows: partial, mostCommon: partial },
  COMPLETE: { rows: 'all', mostCommon: partial },
};

function shapedRow(cells: readonly Cell[], { shape, columns }: RowLaw): unknown {
  const shown = cells.map(shownCell);
  if (shape === 'value') return shown[0];
  return shape === 'pair' ? shown : Object.fromEntries(columns.map((name, index) => [name, shown[index]]));
}

function isLess(a: Cell, b: Cell): boolean | null {
  if (a === null || b === null) return false;
  if ((typeof a === 'string') !== (typeof b === 'string')) return null;
  return a < b;
}

/** Order of tuples: by the first place where they differ; null where Python could not say. */
function isTupleLess(a: readonly Cell[], b: readonly Cell[]): boolean | null {
  const at = a.findIndex((cell, index) => cell === null || cell !== b[index]);
  return at === -1 ? false : isLess(a[at] ?? null, b[at] ?? null);
}

type Count = Unexpected['mostCommon'][number];

/** The most frequent first, equal counts by value; null where values of different kinds stand side by side. */
function sortedCounts(counts: readonly Count[]): readonly Count[] | null {
  const sorted: Count[] = [];
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

function countsOf(found: Unexpected, { shape }: RowLaw): Readonly<Record<string, unknown>> {
  const counts = sortedCounts(found.mostCommon);
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

function resultOf(
  found: Unexpected,
  rows: number,
  law: RowLaw,
  format: ResultFormat,
): Readonly<Record<string, unknown>> {
  if (format === 'BOOLEAN_ONLY') return {};
  const basic = countFields(found, rows, law);
  if (format === 'BASIC') return basic;
  const numbers = found.rows.map(({ row }) => row);
  const summary = { ...basic, ...countsOf(found, law), partial_unexpected_index_list: numbers.slice(0, partial) };
  if (format === 'SUMMARY') return summary;
  const values = found.rows.map(({ cells }) => shapedRow(cells, law));
  return { ...summary, unexpected_list: values, unexpected_index_list: numbers };
}

/** Nothing to judge is a success here, as in Great Expectations: that a column is filled is an expectation of its own. */
function isEnough({ considered, count }: Unexpected, mostly: number): boolean {
  return considered === 0 || (considered - count) / considered >= mostly;
}

/** The question of an expectation about rows. */
export function askRows(law: RowLaw, { resultFormat, rows }: TableFacts): Question {
  const { columns, condition, ignore } = law;
  return question(
    { found: { kind: 'unexpected', columns, condition, ignore, ...listed[resultFormat] } },
    ({ found }): Judgement => ({
      success: isEnough(found, law.mostly),
      result: resultOf(found, rows, law, resultFormat),
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
