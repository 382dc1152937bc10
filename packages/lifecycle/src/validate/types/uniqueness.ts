import { expectationType } from '../expectation.ts';
import { column, columns, ignoreRowIf, mostly } from '../kwargs.ts';
import { columnNamed } from '../table-facts.ts';
import { askRows, askValues } from '../unexpected-result.ts';

/** Expectations that no value, or no row of values, stands twice. Every row of a duplicate is unexpected. */
export const uniquenessTypes = {
  expect_column_values_to_be_unique: expectationType({ column, mostly }, (kwargs, table) => {
    columnNamed(table, kwargs.column);
    return askValues(kwargs.column, { kind: 'unique', columns: [kwargs.column] }, kwargs.mostly, table);
  }),
  expect_compound_columns_to_be_unique: expectationType(
    { column_list: columns, mostly, ignore_row_if: ignoreRowIf },
    ({ column_list: names, mostly: share, ignore_row_if: ignore }, table) => {
      for (const name of names) columnNamed(table, name);
      const condition = { kind: 'unique', columns: names } as const;
      return askRows({ columns: names, condition, ignore, mostly: share, shape: 'record', tellsMissing: true }, table);
    },
  ),
} as const;
