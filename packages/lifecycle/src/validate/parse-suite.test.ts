import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem.ts';
import { parseSuite } from './parse-suite.ts';

const suite = (...expectations: object[]) => JSON.stringify({ name: 'orders', expectations }, null, 1);
const notNull = { type: 'expect_column_values_to_not_be_null', kwargs: { column: 'id' } };

function problemsOf(text: string) {
  try {
    parseSuite(text, 'suite.json');
  } catch (error) {
    if (error instanceof ProblemError) return error.problems;
    throw error;
  }
  return [];
}

describe('parseSuite', () => {
  it('reads a suite of 1.x with positions, severities and notes', () => {
    const text =
      '{\n  "name": "orders",\n  "expectations": [\n    {"type": "expect_column_to_exist", "kwargs": {"column": "id"}, "meta": {"notes": "key"}, "severity": "warning", "id": null},\n    {"type": "expect_table_row_count_to_equal",\n     "kwargs": {"value": 3}}\n  ]\n}\n';
    const { name, expectations } = parseSuite(text, 'models/orders/suite.json');
    expect(name).toBe('orders');
    expect(expectations.map(({ ask: _, ...told }) => told)).toEqual([
      {
        type: 'expect_column_to_exist',
        kwargs: { column: 'id' },
        meta: { notes: 'key' },
        severity: 'warning',
        position: { file: 'models/orders/suite.json', line: 4 },
      },
      {
        type: 'expect_table_row_count_to_equal',
        kwargs: { value: 3 },
        meta: {},
        severity: 'critical',
        position: { file: 'models/orders/suite.json', line: 5 },
      },
    ]);
  });
  it('reads a suite from before 1.0', () => {
    const old = {
      expectation_suite_name: 'old',
      data_asset_type: null,
      expectations: [
        { expectation_type: 'expect_column_values_to_be_unique', kwargs: { column: 'id', auto: true }, meta: {} },
      ],
    };
    const { name, expectations } = parseSuite(JSON.stringify(old), 'suite.json');
    expect([name, expectations[0]?.type, expectations[0]?.kwargs]).toEqual([
      'old',
      'expect_column_values_to_be_unique',
      { column: 'id' },
    ]);
  });
  it('takes class names, tabs, and the file’s name for a suite without one', () => {
    const text = '{\n\t"expectations": [\n\t\t{"type": "ExpectColumnToExist", "kwargs": {"column": "id"}}\n\t]\n}';
    const { name, expectations } = parseSuite(text, 'models/orders.json');
    expect([name, expectations[0]?.type]).toEqual(['orders', 'expect_column_to_exist']);
  });
  it('resolves suite parameters that have a value, and names those that have none', () => {
    const asked = { type: 'expect_table_row_count_to_equal', kwargs: { value: { $PARAMETER: 'rows' } } };
    const given = { name: 'x', suite_parameters: { rows: 3 }, expectations: [asked] };
    expect(parseSuite(JSON.stringify(given), 'suite.json').expectations).toHaveLength(1);
    expect(problemsOf(suite(asked))).toMatchObject([
      { code: 'suite-parameter', message: expect.stringContaining('"rows"') },
    ]);
  });
  it('tells all problems together, each at its line', () => {
    const text = suite(
      notNull,
      { type: 'expect_column_values_to_not_be_nul', kwargs: { column: 'id' } },
      { type: 'expect_column_values_to_be_unique', kwargs: { column: 'id', mostli: 0.5 } },
      { type: 'expect_column_values_to_be_unique', kwargs: { column: 'id', mostly: 1.5 } },
      { type: 'expect_column_values_to_be_unique', kwargs: {} },
      { kwargs: {} },
    );
    const problems = problemsOf(text);
    expect(problems.map(({ code }) => code)).toEqual([
      'expectation-unknown',
      'expectation-kwarg-unknown',
      'expectation-kwarg-unsuitable',
      'expectation-kwarg-unsuitable',
      'suite-malformed',
    ]);
    const lines = text.split('\n');
    for (const { line } of problems) expect(lines[(line ?? 0) - 1]).toMatch(/^ {2}\{/);
    expect(problems[0]?.message).toContain('Did you mean "expect_column_values_to_not_be_null"?');
    expect(problems[1]?.message).toContain('Did you mean "mostly"?');
    expect(problems[3]?.message).toBe('expect_column_values_to_be_unique, argument "column": it is needed.');
  });
  it.each([
    ['', 'suite-empty', 1],
    ['{"name": "x", "expectations": []}', 'suite-empty', 1],
    ['{"name": "x",\n "expectations": [}', 'suite-malformed', 2],
    ['[]', 'suite-malformed', 1],
    ['{"expectations": {}}', 'suite-malformed', 1],
    ['name: x\nexpectations:\n- type: y', 'suite-malformed', 1],
    ['{"expectations": [1]}', 'suite-malformed', 1],
    [
      '{"expectations": [{"type": "expect_column_to_exist", "kwargs": {"column": "a"}, "severity": "bad"}]}',
      'suite-malformed',
      1,
    ],
  ])('refuses %j', (text, code, line) => {
    expect(problemsOf(text)).toMatchObject([{ code, file: 'suite.json', line }]);
  });
});
