import type { Cell, Frequencies } from '../../ports/index.ts';
import { expectationType, type Judgement, question, type TableFacts } from '../expectation.ts';
import { column, flag, numberBounds, valueSet } from '../kwargs.ts';
import { judgeBetween, observed } from '../observed-result.ts';
import { columnNamed, shownCell } from '../table-facts.ts';

/** Expectations about the different values of a column. */

/** So many values are listed, as in Great Expectations. */
const listed = 20;

const byValue = (a: Cell, b: Cell) => (a === b || a === null || b === null ? 0 : a < b ? -1 : 1);

/** Equal as Python has it: true is 1. A midnight is equal to its date. */
function keyOf(value: Cell): string {
  if (value === null) return 'none';
  if (typeof value === 'string') return `text ${value.replace(/T00:00:00$/, '')}`;
  return `number ${typeof value === 'boolean' ? Number(value) : value}`;
}

const keysOf = (values: readonly Cell[]): ReadonlySet<string> => new Set(values.map(keyOf));

interface Asked {
  readonly column: string;
  readonly value_set: readonly Cell[];
}

interface Compared {
  /** Values of the column that are not in the set, in order. */
  readonly unexpected: readonly Cell[];
  /** Values of the set that are not in the column, as written. */
  readonly missing: readonly Cell[];
}

function compare(frequencies: Frequencies, wanted: readonly Cell[]): Compared {
  const values = frequencies.map(({ value }) => value);
  const [found, asked] = [keysOf(values), keysOf(wanted)];
  return {
    unexpected: values.filter((value) => !asked.has(keyOf(value))).toSorted(byValue),
    missing: [...new Set(wanted)].filter((value) => !found.has(keyOf(value))),
  };
}

function askDistinct(
  { column: name, value_set: wanted }: Asked,
  table: TableFacts,
  tells: readonly (keyof Compared)[],
) {
  columnNamed(table, name);
  return question({ values: { kind: 'frequencies', column: name } }, ({ values }): Judgement => {
    const compared = compare(values, wanted);
    const counts = tells.map((side) => [`${side}_count`, compared[side].length]);
    const lists = tells.map((side) => [`partial_${side}_list`, compared[side].slice(0, listed).map(shownCell)]);
    const success = tells.every((side) => compared[side].length === 0);
    return observed(table, success, null, Object.fromEntries([...counts, ...lists]));
  });
}

function mostCommonOf(frequencies: Frequencies): readonly Cell[] {
  const most = frequencies[0]?.count;
  return frequencies.filter(({ count }) => count === most).map(({ value }) => value);
}

function askMostCommon(kwargs: Asked & { readonly ties_okay: boolean }, table: TableFacts) {
  columnNamed(table, kwargs.column);
  return question({ values: { kind: 'frequencies', column: kwargs.column } }, ({ values }) => {
    const common = mostCommonOf(values);
    const found = common.filter((value) => keysOf(kwargs.value_set).has(keyOf(value))).length;
    const success = kwargs.ties_okay ? found > 0 : common.length === 1 && found === 1;
    return observed(table, success, common.map(shownCell));
  });
}

export const distinctValueTypes = {
  expect_column_distinct_values_to_be_in_set: expectationType({ column, value_set: valueSet.min(1) }, (kwargs, table) =>
    askDistinct(kwargs, table, ['unexpected']),
  ),
  expect_column_distinct_values_to_contain_set: expectationType({ column, value_set: valueSet }, (kwargs, table) =>
    askDistinct(kwargs, table, ['missing']),
  ),
  expect_column_distinct_values_to_equal_set: expectationType({ column, value_set: valueSet }, (kwargs, table) =>
    askDistinct(kwargs, table, ['unexpected', 'missing']),
  ),
  expect_column_most_common_value_to_be_in_set: expectationType(
    { column, value_set: valueSet, ties_okay: flag },
    askMostCommon,
  ),
  expect_column_unique_value_count_to_be_between: expectationType({ column, ...numberBounds }, (kwargs, table) => {
    columnNamed(table, kwargs.column);
    return question({ distinct: { kind: 'distinct', column: kwargs.column } }, ({ distinct }) =>
      judgeBetween(distinct, kwargs, table),
    );
  }),
  expect_column_proportion_of_unique_values_to_be_between: expectationType(
    { column, ...numberBounds },
    (kwargs, table) => {
      const { column: name } = kwargs;
      columnNamed(table, name);
      return question(
        { distinct: { kind: 'distinct', column: name }, missing: { kind: 'missing', column: name } },
        ({ distinct, missing }) => {
          const filled = table.rows - missing;
          return judgeBetween(filled === 0 ? 0 : distinct / filled, kwargs, table);
        },
      );
    },
  ),
} as const;
