import type { Cell } from '../../ports/index.ts';
import { expectationType, type TableFacts } from '../expectation.ts';
import { column, mostly, valueSet } from '../kwargs.ts';
import { columnNamed } from '../table-facts.ts';
import { askValues } from '../unexpected-result.ts';

/** Expectations about membership of single values. Text is never taken for a number. */

function askMembership(
  kwargs: { readonly column: string; readonly mostly: number; readonly value_set: readonly Cell[] },
  isMember: boolean,
  table: TableFacts,
) {
  columnNamed(table, kwargs.column);
  const condition = { kind: 'one-of', column: kwargs.column, values: kwargs.value_set, isMember } as const;
  return askValues(kwargs.column, condition, kwargs.mostly, table);
}

export const valueSetTypes = {
  expect_column_values_to_be_in_set: expectationType({ column, mostly, value_set: valueSet }, (kwargs, table) =>
    askMembership(kwargs, true, table),
  ),
  expect_column_values_to_not_be_in_set: expectationType({ column, mostly, value_set: valueSet }, (kwargs, table) =>
    askMembership(kwargs, false, table),
  ),
} as const;
