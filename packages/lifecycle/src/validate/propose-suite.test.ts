import { expect, it } from 'vitest';
import type { DataProfile } from '../documents.ts';
import { parseSuite } from './parse-suite.ts';
import { proposeSuite } from './propose-suite.ts';

const profile: DataProfile = {
  rows: 4,
  columns: [
    { name: 'id', type: 'number', missing: 0, distinct: 4, min: 1, max: 4, mean: 2.5 },
    { name: 'price', type: 'number', missing: 1, distinct: 3, min: 0.5, max: 'Infinity', mean: 'Infinity' },
    { name: 'day', type: 'timestamp', missing: 0, distinct: 2, min: '2024-01-01T00:00:00', max: '2024-01-02T00:00:00' },
    { name: 'gone', type: 'number', missing: 4, distinct: 0, min: null, max: null, mean: null },
  ],
};

it('proposes what the data keep, as a suite that can be read again', () => {
  const text = proposeSuite('orders', profile);
  const { name, expectations } = parseSuite(text, 'suite.json');
  expect(name).toBe('orders');
  expect(expectations.map(({ type, kwargs }) => [type, kwargs])).toEqual([
    ['expect_table_columns_to_match_set', { column_set: ['id', 'price', 'day', 'gone'] }],
    ['expect_table_row_count_to_be_between', { min_value: 1 }],
    ['expect_column_values_to_not_be_null', { column: 'id' }],
    ['expect_column_values_to_be_unique', { column: 'id' }],
    ['expect_column_values_to_be_between', { column: 'id', min_value: 1, max_value: 4 }],
    ['expect_column_values_to_not_be_null', { column: 'price', mostly: 0.75 }],
    ['expect_column_values_to_not_be_null', { column: 'day' }],
    [
      'expect_column_values_to_be_between',
      { column: 'day', min_value: '2024-01-01T00:00:00', max_value: '2024-01-02T00:00:00' },
    ],
  ]);
});
