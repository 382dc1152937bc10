import { expectationType, question, type TableFacts } from '../expectation.ts';
import { column, mostly, numberBounds } from '../kwargs.ts';
import { judgeBetween } from '../observed-result.ts';
import { columnNamed } from '../table-facts.ts';
import { askRows } from '../unexpected-result.ts';

/** Expectations about values that are there or not. All rows are considered. */

function askMissing(name: string, isMissing: boolean, share: number, table: TableFacts) {
  columnNamed(table, name);
  const condition = { kind: 'missing', column: name, isMissing } as const;
  return askRows(
    { columns: [name], condition, ignore: 'none', mostly: share, shape: 'value', tellsMissing: false },
    table,
  );
}

export const missingValueTypes = {
  expect_column_values_to_not_be_null: expectationType({ column, mostly }, (kwargs, table) =>
    askMissing(kwargs.column, false, kwargs.mostly, table),
  ),
  expect_column_values_to_be_null: expectationType({ column, mostly }, (kwargs, table) =>
    askMissing(kwargs.column, true, kwargs.mostly, table),
  ),
  expect_column_proportion_of_non_null_values_to_be_between: expectationType(
    { column, ...numberBounds },
    (kwargs, table) => {
      columnNamed(table, kwargs.column);
      return question({ missing: { kind: 'missing', column: kwargs.column } }, ({ missing }) =>
        judgeBetween(table.rows === 0 ? 0 : (table.rows - missing) / table.rows, kwargs, table),
      );
    },
  ),
} as const;
