import { chance } from './make-table.ts';

interface Expectation {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
}

function expectation(type: string, kwargs: Expectation['kwargs']): Expectation {
  return { type: `expect_${type}`, kwargs };
}

const numbers = Array.from({ length: 11 }, (_, index) => `m${index}`);

/** 20 columns: a key, a code, amounts with and without gaps, few and many different values, texts, flags, times. */
export const orderColumns: Readonly<Record<string, string>> = {
  id: 'i',
  code: "'C' || lpad(((i * 7919) % 1000000)::VARCHAR, 7, '0')",
  amount: `1000 * ${chance(1)}`,
  price: `CASE WHEN ${chance(2)} < 0.02 THEN NULL ELSE 100 * ${chance(3)} END`,
  age: `floor(100 * ${chance(4)})::INTEGER`,
  grade: '(i % 5)::INTEGER',
  country: `['DE', 'FR', 'US', 'IT'][1 + floor(4 * ${chance(5)})::INTEGER]`,
  flag: `${chance(6)} < 0.5`,
  at: "TIMESTAMP '2024-01-01' + INTERVAL (i) SECOND",
  ...Object.fromEntries(
    numbers.map((name, index) => [
      name,
      index % 2 === 0 ? `${index + 1} * ${chance(10 + index)}` : `floor(1000 * ${chance(10 + index)})::BIGINT`,
    ]),
  ),
};

/** What a careful team asks of such a table: 22 expectations, one of which does not hold. */
export const orderSuite: readonly Expectation[] = [
  expectation('table_row_count_to_be_between', { min_value: 1 }),
  expectation('column_values_to_not_be_null', { column: 'id' }),
  expectation('column_values_to_be_unique', { column: 'id' }),
  expectation('column_values_to_be_unique', { column: 'code' }),
  expectation('column_values_to_match_regex', { column: 'code', regex: '^C\\d{7}$' }),
  expectation('column_values_to_be_between', { column: 'amount', min_value: 0, max_value: 1000 }),
  expectation('column_values_to_be_between', { column: 'price', min_value: 1, max_value: 100 }),
  expectation('column_values_to_not_be_null', { column: 'price', mostly: 0.9 }),
  expectation('column_mean_to_be_between', { column: 'amount', min_value: 400, max_value: 600 }),
  expectation('column_stdev_to_be_between', { column: 'amount', min_value: 1 }),
  expectation('column_median_to_be_between', { column: 'price', min_value: 40, max_value: 60 }),
  expectation('column_values_to_be_in_set', { column: 'country', value_set: ['DE', 'FR', 'US', 'IT'] }),
  expectation('column_distinct_values_to_equal_set', { column: 'grade', value_set: [0, 1, 2, 3, 4] }),
  expectation('column_values_to_be_between', { column: 'age', min_value: 0, max_value: 99 }),
  expectation('column_value_lengths_to_equal', { column: 'country', value: 2 }),
  expectation('column_max_to_be_between', { column: 'm1', max_value: 1e6 }),
  expectation('column_min_to_be_between', { column: 'm2', min_value: 0 }),
  expectation('column_sum_to_be_between', { column: 'm4', min_value: 0 }),
  expectation('column_values_to_be_of_type', { column: 'flag', type_: 'bool' }),
  expectation('column_unique_value_count_to_be_between', { column: 'age', min_value: 50 }),
  expectation('column_pair_values_a_to_be_greater_than_b', { column_A: 'm3', column_B: 'm0', or_equal: true }),
  expectation('column_values_to_be_between', {
    column: 'at',
    min_value: '2024-01-01T00:00:00',
    max_value: '2025-01-01T00:00:00',
  }),
];

const shapes: readonly ((column: string) => Expectation)[] = [
  (column) => expectation('column_values_to_not_be_null', { column }),
  (column) => expectation('column_values_to_be_between', { column, min_value: 0, max_value: 1000 }),
  (column) => expectation('column_mean_to_be_between', { column, min_value: 0 }),
  (column) => expectation('column_stdev_to_be_between', { column, min_value: 0 }),
  (column) => expectation('column_min_to_be_between', { column, min_value: 0 }),
  (column) => expectation('column_max_to_be_between', { column, max_value: 1000 }),
  (column) => expectation('column_sum_to_be_between', { column, min_value: 0 }),
];

/** Different expectations of the number columns: bounds move where the shapes are used up. */
export function manyExpectations(count: number): readonly Expectation[] {
  const columns = ['amount', 'age', ...numbers];
  return Array.from({ length: count }, (_, index) => {
    const column = columns[index % columns.length] ?? 'amount';
    const turn = Math.floor(index / columns.length);
    const shape = shapes[turn % shapes.length];
    if (shape !== undefined && turn < shapes.length) return shape(column);
    return expectation('column_values_to_be_between', { column, min_value: -turn, max_value: 1000 + turn });
  });
}

export function renderSuite(name: string, expectations: readonly Expectation[]): string {
  return JSON.stringify({ name, expectations });
}
