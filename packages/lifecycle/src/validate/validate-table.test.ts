import { describe, expect, it } from 'vitest';
import type { DataEngine } from '../ports/index.ts';
import { type MemoryTable, memoryDataEngine } from '../testing/memory-data-engine.ts';
import type { FailOn } from './validate-table.ts';
import { validateTable } from './validate-table.ts';

const table: MemoryTable = {
  id: { kind: 'number', nativeType: 'BIGINT', cells: [1, 2, 3, 4] },
  name: { kind: 'text', cells: ['a', null, 'b', 'b'] },
};

interface Written {
  readonly type: string;
  readonly kwargs: object;
  readonly severity?: string;
}

function validate(expectations: readonly Written[] | null, failOn: FailOn = 'critical', engine: DataEngine = memory) {
  const source = { paths: ['orders.csv'], format: 'csv' } as const;
  const suite =
    expectations === null ? null : { file: 'suite.json', text: JSON.stringify({ name: 'orders', expectations }) };
  const request = {
    table: { name: 'orders', source },
    others: { twin: { name: 'twin', source } },
    suite,
    resultFormat: 'BASIC',
    failOn,
  } as const;
  return validateTable(request, { engine });
}

const memory = memoryDataEngine(new Map([['orders.csv', table]]));
const unique = { type: 'expect_column_values_to_be_unique', kwargs: { column: 'name' } };
const filled = { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'id' } };

describe('validateTable', () => {
  it('answers in suite order with statistics and a profile', async () => {
    const document = await validate([unique, filled]);
    expect(document).toMatchObject({
      schema: 'model-gitops/validate/1',
      outcome: 'fail',
      success: false,
      suite_name: 'orders',
      statistics: {
        evaluated_expectations: 2,
        successful_expectations: 1,
        unsuccessful_expectations: 1,
        success_percent: 50,
      },
      results: [
        { success: false, result: { unexpected_count: 2, partial_unexpected_list: ['b', 'b'] } },
        { success: true },
      ],
      profile: {
        rows: 4,
        columns: [
          { name: 'id', type: 'number', missing: 0, distinct: 4, min: 1, max: 4, mean: 2.5 },
          { name: 'name', missing: 1, distinct: 2 },
        ],
      },
    });
    expect(document.results[0]?.position).toEqual({ file: 'suite.json', line: 1 });
  });
  it('only profiles without a suite', async () => {
    const document = await validate(null);
    expect(document).toMatchObject({
      outcome: 'pass',
      suite_name: null,
      results: [],
      statistics: { success_percent: null },
    });
    expect(document.profile.rows).toBe(4);
  });
  it.each([
    ['critical', 'critical', 'fail'],
    ['critical', 'warning', 'fail'],
    ['warning', 'critical', 'pass'],
    ['warning', 'warning', 'fail'],
    ['info', 'warning', 'pass'],
    ['info', 'info', 'fail'],
    ['critical', 'never', 'pass'],
  ] as const)('an unmet expectation of severity %s with fail-on %s is a %s', async (severity, failOn, outcome) => {
    const document = await validate([{ ...unique, severity }], failOn);
    expect(document).toMatchObject({ outcome, success: false });
  });
  it.each([
    ['laws of columns only', [filled, unique], 'critical', 'inconclusive'],
    [
      'how many rows there may be',
      [filled, { type: 'expect_table_row_count_to_equal', kwargs: { value: 0 } }],
      'critical',
      'pass',
    ],
    [
      'that there are rows',
      [filled, { type: 'expect_table_row_count_to_equal', kwargs: { value: 4 } }],
      'critical',
      'fail',
    ],
    ['nothing that may fail', [filled], 'never', 'pass'],
  ] as const)('of a table without rows, asked %s, the outcome follows', async (_, expectations, failOn, outcome) => {
    const empty: MemoryTable = { id: { kind: 'number', cells: [] }, name: { kind: 'text', cells: [] } };
    const document = await validate(expectations, failOn, memoryDataEngine(new Map([['orders.csv', empty]])));
    expect(document).toMatchObject({ outcome, success: outcome !== 'fail', profile: { rows: 0 } });
  });

  it('lets an expectation that cannot be judged fail by itself', async () => {
    const document = await validate([
      { type: 'expect_column_values_to_be_unique', kwargs: { column: 'nope' } },
      { type: 'expect_column_mean_to_be_between', kwargs: { column: 'name', min_value: 1 } },
      { type: 'expect_column_values_to_match_regex', kwargs: { column: 'name', regex: '(' } },
      { type: 'expect_column_values_to_match_like_pattern', kwargs: { column: 'name', like_pattern: 'a%' } },
      {
        type: 'expect_column_values_to_be_unique',
        kwargs: { column: 'id', row_condition: 'id > 2', condition_parser: 'pandas' },
      },
      { type: 'expect_column_values_to_be_between', kwargs: { column: 'id', min_value: 3, max_value: 1 } },
      filled,
    ]);
    const raised = document.results.map(({ success, exception_info: info }) => [success, info.raised_exception]);
    expect(raised).toEqual([...Array.from({ length: 6 }, () => [false, true]), [true, false]]);
    expect(document.outcome).toBe('fail');
    for (const { exception_info: info, result } of document.results.slice(0, 6)) {
      expect(info.exception_message).toBeTruthy();
      expect(result).toEqual({});
    }
  });
  it('compares with another table by its name', async () => {
    const equal = (name: string) => ({
      type: 'expect_table_row_count_to_equal_other_table',
      kwargs: { other_table_name: name },
    });
    const { results } = await validate([equal('twin'), equal('other')]);
    expect(results[0]).toMatchObject({ success: true, result: { observed_value: { self: 4, other: 4 } } });
    expect(results[1]?.exception_info.exception_message).toContain('--table other=<data>');
  });
  it('measures all expectations of a round together', async () => {
    let scans = 0;
    const counting: DataEngine = {
      async open(sources) {
        const session = await memory.open(sources);
        return {
          ...session,
          measure: (name, aggregates) => {
            scans += 1;
            return session.measure(name, aggregates);
          },
        };
      },
    };
    const typed = { type: 'expect_column_values_to_be_of_type', kwargs: { column: 'id', type_: 'int64' } };
    const document = await validate([unique, filled, typed, typed], 'critical', counting);
    expect(document.results.map(({ success }) => success)).toEqual([false, true, true, true]);
    expect(scans).toBe(2);
  });
});
