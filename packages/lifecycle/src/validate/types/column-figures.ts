import { z } from 'zod';
import type { Aggregate, Cell, FigureKind } from '../../ports/index.ts';
import { expectationType, type Question, question, Raised, type TableFacts } from '../expectation.ts';
import { type BoundKwargs, bounds, column, numberBounds } from '../kwargs.ts';
import { judgeBetween, observed } from '../observed-result.ts';
import { columnNamed, comparableBound, shownCell } from '../table-facts.ts';

/** Expectations about one figure of a column. */

type Asked = BoundKwargs & { readonly column: string };

/** The figure of numbers. A text table without rows holds nothing that would not be a number. */
function needsNumbers({ column: name }: Asked, table: TableFacts, what: string): boolean {
  const { kind } = columnNamed(table, name);
  if (kind === 'number' || kind === 'boolean') return true;
  if (table.rows === 0 && kind === 'text') return false;
  throw new Raised(`Cannot perform reduction '${what}' with ${kind} values.`);
}

function askNumber(kind: FigureKind, what: string, whenEmpty: Cell) {
  return (kwargs: Asked, table: TableFacts): Question => {
    if (!needsNumbers(kwargs, table, what)) return { ask: [], judge: () => judgeBetween(whenEmpty, kwargs, table) };
    return question({ figure: { kind, column: kwargs.column } }, ({ figure }) =>
      judgeBetween(figure ?? whenEmpty, kwargs, table),
    );
  };
}

function askExtreme(kind: 'least' | 'greatest') {
  return (kwargs: Asked, table: TableFacts): Question => {
    const described = columnNamed(table, kwargs.column);
    const limit = (bound: Cell) => comparableBound(described, bound, table);
    const limits = { ...kwargs, min_value: limit(kwargs.min_value), max_value: limit(kwargs.max_value) };
    const isTime = described.kind === 'date' || described.kind === 'timestamp';
    return question({ figure: { kind, column: kwargs.column } }, ({ figure }) => {
      const judged = judgeBetween(isTime ? momentOf(figure) : figure, isTime ? momentsOf(limits) : limits, table);
      return isTime ? observed(table, judged.success, shownCell(figure)) : judged;
    });
  };
}

/** Dates and times by microseconds, so that a date and a midnight are the same. */
function momentOf(text: Cell): Cell {
  if (typeof text !== 'string') return text;
  const zoned = text.length === 10 || /(Z|[+-]\d{2}:?\d{2})$/.test(text) ? text : `${text.replace(' ', 'T')}Z`;
  const fraction = /\.(\d+)/.exec(text)?.[1]?.padEnd(6, '0').slice(3, 6) ?? '0';
  return new Date(zoned).getTime() * 1000 + Number(fraction);
}

function momentsOf(kwargs: Asked): Asked {
  return { ...kwargs, min_value: momentOf(kwargs.min_value), max_value: momentOf(kwargs.max_value) };
}

interface QuantileRanges {
  readonly quantiles: readonly number[];
  readonly value_ranges: readonly (readonly [number | null, number | null])[];
}

/** As wide as Great Expectations makes it: a value within 0.01 % of a limit is on it. */
function isInRange(value: Cell, [min, max]: readonly [number | null, number | null]): boolean {
  if (typeof value !== 'number') return false;
  const isNear = (limit: number | null) => limit !== null && Math.abs(value - limit) <= 1e-4 * Math.abs(limit) + 1e-8;
  return isNear(min) || isNear(max) || ((min === null || value >= min) && (max === null || value <= max));
}

function askQuantiles(
  kwargs: { readonly column: string; readonly quantile_ranges: QuantileRanges },
  table: TableFacts,
): Question {
  const {
    column: name,
    quantile_ranges: { quantiles, value_ranges: ranges },
  } = kwargs;
  const { kind } = columnNamed(table, name);
  if (kind !== 'number') throw new Raised(`Column ${name} holds ${kind}s, which have no quantiles.`);
  return {
    ask: quantiles.map((at): Aggregate => ({ kind: 'quantile', column: name, at })),
    judge: (answers) => {
      const values = answers as readonly Cell[];
      const details = values.map((value, index) => isInRange(value, ranges[index] ?? [null, null]));
      return observed(
        table,
        details.every(Boolean),
        { quantiles, values: values.map(shownCell) },
        { details: { success_details: details } },
      );
    },
  };
}

const numberOrNull = z.number().nullable();
const quantileRanges = z
  .object({
    quantiles: z.array(z.number().min(0).max(1)).min(1),
    value_ranges: z.array(z.tuple([numberOrNull, numberOrNull])),
  })
  .refine(
    ({ quantiles, value_ranges }) => quantiles.length === value_ranges.length,
    'quantiles and value_ranges need the same length.',
  );

export const columnFigureTypes = {
  expect_column_max_to_be_between: expectationType({ column, ...bounds }, askExtreme('greatest')),
  expect_column_min_to_be_between: expectationType({ column, ...bounds }, askExtreme('least')),
  expect_column_mean_to_be_between: expectationType({ column, ...numberBounds }, askNumber('mean', 'mean', null)),
  expect_column_median_to_be_between: expectationType({ column, ...numberBounds }, askNumber('median', 'median', null)),
  expect_column_stdev_to_be_between: expectationType({ column, ...numberBounds }, askNumber('deviation', 'std', null)),
  expect_column_sum_to_be_between: expectationType({ column, ...numberBounds }, askNumber('sum', 'sum', 0)),
  expect_column_quantile_values_to_be_between: expectationType(
    { column, quantile_ranges: quantileRanges, allow_relative_error: z.literal(false).nullish() },
    askQuantiles,
  ),
} as const;
