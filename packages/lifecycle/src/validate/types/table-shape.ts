import { z } from 'zod';
import { decided, expectationType, Raised, type TableFacts } from '../expectation.ts';
import { column, numberBounds } from '../kwargs.ts';
import { judgeBetween, observed } from '../observed-result.ts';

/** Expectations about rows and columns as such. */

const count = z.union([z.number().int(), z.string().regex(/^\d+$/)]).transform(Number);

const namesOf = ({ columns }: TableFacts) => columns.map(({ name }) => name);

function equalCount(found: number, value: number, table: TableFacts) {
  return decided(observed(table, found === value, found));
}

function mismatchesInOrder(found: readonly string[], wanted: readonly string[]) {
  const places = Array.from({ length: Math.max(found.length, wanted.length) }, (_, index) => index);
  return places
    .filter((index) => found[index] !== wanted[index])
    .map((index) => ({
      'Expected Column Position': index,
      Expected: wanted[index] ?? null,
      Found: found[index] ?? null,
    }));
}

function matchOrder(wanted: readonly string[], table: TableFacts) {
  const found = namesOf(table);
  const mismatched = mismatchesInOrder(found, wanted);
  const details = mismatched.length === 0 ? {} : { details: { mismatched } };
  return decided(observed(table, mismatched.length === 0, found, details));
}

function matchSet(wanted: readonly string[], isExact: boolean, table: TableFacts) {
  const found = namesOf(table).sort();
  const unexpected = found.filter((name) => !wanted.includes(name));
  const missing = [...new Set(wanted)].filter((name) => !found.includes(name)).sort();
  const mismatched = {
    ...(unexpected.length > 0 ? { unexpected } : {}),
    ...(missing.length > 0 ? { missing } : {}),
  };
  const details = unexpected.length + missing.length === 0 ? {} : { details: { mismatched } };
  const success = missing.length === 0 && (!isExact || unexpected.length === 0);
  return decided(observed(table, success, found, details));
}

function equalOtherTable(name: string, table: TableFacts) {
  const other = table.others[name];
  if (other === undefined)
    throw new Raised(`There is no other table "${name}" here; name it with --table ${name}=<data>.`);
  return decided(observed(table, table.rows === other, { self: table.rows, other }));
}

export const tableShapeTypes = {
  expect_table_row_count_to_equal: expectationType({ value: count }, ({ value }, table) =>
    equalCount(table.rows, value, table),
  ),
  expect_table_row_count_to_be_between: expectationType(numberBounds, (kwargs, table) =>
    decided(judgeBetween(table.rows, kwargs, table)),
  ),
  expect_table_row_count_to_equal_other_table: expectationType({ other_table_name: z.string() }, (kwargs, table) =>
    equalOtherTable(kwargs.other_table_name, table),
  ),
  expect_table_column_count_to_equal: expectationType({ value: count }, ({ value }, table) =>
    equalCount(table.columns.length, value, table),
  ),
  expect_table_column_count_to_be_between: expectationType(numberBounds, (kwargs, table) =>
    decided(judgeBetween(table.columns.length, kwargs, table)),
  ),
  expect_table_columns_to_match_ordered_list: expectationType({ column_list: z.array(z.string()) }, (kwargs, table) =>
    matchOrder(kwargs.column_list, table),
  ),
  expect_table_columns_to_match_set: expectationType(
    { column_set: z.array(z.string()), exact_match: z.boolean().nullish() },
    (kwargs, table) => matchSet(kwargs.column_set, kwargs.exact_match ?? true, table),
  ),
  expect_column_to_exist: expectationType({ column, column_index: z.number().int().nullish() }, (kwargs, table) => {
    const index = namesOf(table).indexOf(kwargs.column);
    const isThere = index !== -1 && (kwargs.column_index ?? index) === index;
    return decided({ success: isThere, result: {} });
  }),
} as const;
