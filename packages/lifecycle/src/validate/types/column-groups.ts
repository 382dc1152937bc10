import { z } from 'zod';
import type { Condition, IgnoredRows } from '../../ports/index.ts';
import { expectationType, Raised, type TableFacts } from '../expectation.ts';
import { columns, ignoreRowIf, mostly } from '../kwargs.ts';
import { columnNamed } from '../table-facts.ts';
import { askRows } from '../unexpected-result.ts';

/** Expectations about several columns of a row. */

const group = { column_list: columns, mostly, ignore_row_if: ignoreRowIf } as const;

interface Asked {
  readonly column_list: readonly string[];
  readonly mostly: number;
  readonly ignore_row_if: IgnoredRows;
}

function askGroup(
  { column_list: names, mostly: share, ignore_row_if: ignore }: Asked,
  condition: Condition,
  table: TableFacts,
) {
  for (const name of names) columnNamed(table, name);
  return askRows({ columns: names, condition, ignore, mostly: share, shape: 'record', tellsMissing: true }, table);
}

function askSum(kwargs: Asked & { readonly sum_total: number }, table: TableFacts) {
  for (const name of kwargs.column_list) {
    const { kind } = columnNamed(table, name);
    if (kind !== 'number' && kind !== 'boolean') throw new Raised(`Column ${name} holds ${kind}s, which have no sum.`);
  }
  return askGroup(kwargs, { kind: 'sum-equals', columns: kwargs.column_list, total: kwargs.sum_total }, table);
}

export const columnGroupTypes = {
  expect_multicolumn_sum_to_equal: expectationType({ ...group, sum_total: z.number() }, askSum),
  expect_multicolumn_values_to_be_equal: expectationType(group, (kwargs, table) =>
    askGroup(kwargs, { kind: 'within-row', columns: kwargs.column_list, law: 'equal' }, table),
  ),
  expect_select_column_values_to_be_unique_within_record: expectationType(group, (kwargs, table) =>
    askGroup(kwargs, { kind: 'within-row', columns: kwargs.column_list, law: 'different' }, table),
  ),
} as const;
