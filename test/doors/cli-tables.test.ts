import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { type CliResult, problemCodes, runCli } from './cli-process.ts';
import { onnxFile, scratchFolders } from './cli-world.ts';

const scratch = scratchFolders();
let folder = '';
const write = (path: string, text: string | Uint8Array) => writeFileSync(join(folder, path), text);
const run = (...args: readonly string[]) => runCli(args, { cwd: folder });
const suite = (expectations: readonly object[]) => JSON.stringify({ name: 'orders', expectations }, null, 2);
const expects = (type: string, kwargs: object, severity?: string) => ({ type, kwargs, ...(severity && { severity }) });
const notNull = expects('expect_column_values_to_not_be_null', { column: 'a' });

/** The one row of results that a suite of one expectation gives. */
function only(result: CliResult): Record<string, unknown> {
  const { results } = result.json() as { results: Record<string, unknown>[] };
  expect(results).toHaveLength(1);
  return results[0] ?? {};
}

beforeAll(() => {
  folder = scratch('tables');
  write('orders.csv', 'a,b\n1,x\n2,y\n,z\n');
  write('not-null.json', suite([notNull]));
  write('filled.json', suite([expects('expect_column_values_to_not_be_null', { column: 'b' })]));
});

describe('validate a table', () => {
  it('shows what is in it without a suite', async () => {
    const result = await run('validate', 'orders.csv', '--json');
    expect(result.code).toBe(0);
    expect(result.json()).toMatchObject({
      schema: 'model-gitops/validate/1',
      outcome: 'pass',
      success: true,
      suite_name: null,
      results: [],
      profile: {
        rows: 3,
        columns: [
          { name: 'a', type: 'number', missing: 1, distinct: 2 },
          { name: 'b', missing: 0 },
        ],
      },
    });
    expect((await run('validate', 'orders.csv')).stdout).toMatch(
      /^orders\.csv: 3 rows, 2 columns\n {2}Column +Type +Missing/,
    );
  });

  it('fails with the counts of Great Expectations, whatever the format', async () => {
    const result = await run('validate', 'orders.csv', '--suite', 'not-null.json', '--json');
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({
      outcome: 'fail',
      success: false,
      suite_name: 'orders',
      statistics: {
        evaluated_expectations: 1,
        successful_expectations: 0,
        unsuccessful_expectations: 1,
        success_percent: 0,
      },
    });
    expect(only(result)).toMatchObject({
      success: false,
      expectation_config: {
        type: 'expect_column_values_to_not_be_null',
        kwargs: { column: 'a' },
        severity: 'critical',
      },
      result: { element_count: 3, unexpected_count: 1, unexpected_percent: expect.closeTo(33.3333, 3) },
      exception_info: { raised_exception: false },
    });
    for (const format of ['text', 'markdown', 'junit'])
      expect((await run('validate', 'orders.csv', '--suite', 'not-null.json', '--format', format)).code).toBe(1);
  });

  it('passes a table that keeps its suite, and folds away what was met', async () => {
    const { code, stdout } = await run('validate', 'orders.csv', '--suite', 'filled.json');
    expect(code).toBe(0);
    expect(stdout).toContain('✓ orders.csv: all 1 expectations met');
    expect(stdout).toContain('▸ 1 expectation met (--details)');
    const open = await run('validate', 'orders.csv', '--suite', 'filled.json', '--details');
    expect(open.stdout).toContain('filled.json:');
  });

  it('does not pass a table without rows, unless it is told that there may be none', async () => {
    write('header.csv', 'a,b\n');
    const asked = ['validate', 'header.csv', '--suite', 'filled.json'];
    const result = await run(...asked, '--json');
    expect([result.code, result.json()]).toMatchObject([1, { outcome: 'inconclusive', success: true }]);
    expect((await run(...asked)).stdout).toContain('? header.csv: there are no rows to judge');
    expect((await run(...asked, '--format', 'junit')).stdout).toContain('tests="1" failures="1"');
    expect((await run(...asked, '--on-inconclusive', 'pass')).code).toBe(0);
    write('no-rows.json', suite([notNull, expects('expect_table_row_count_to_equal', { value: 0 })]));
    expect((await run('validate', 'header.csv', '--suite', 'no-rows.json')).code).toBe(0);
  });

  it('fails by severity', async () => {
    write('warning.json', suite([{ ...notNull, severity: 'warning' }]));
    const failOn = (level: string) => run('validate', 'orders.csv', '--suite', 'warning.json', '--fail-on', level);
    expect((await failOn('critical')).code).toBe(0);
    expect((await failOn('warning')).code).toBe(1);
    expect((await failOn('info')).code).toBe(1);
    expect((await run('validate', 'orders.csv', '--suite', 'not-null.json', '--fail-on', 'never')).code).toBe(0);
  });

  it('writes a suite that the data keeps', async () => {
    expect((await run('validate', 'orders.csv', '--save', 'proposed.json')).code).toBe(0);
    const proposed = JSON.parse(readFileSync(join(folder, 'proposed.json'), 'utf8'));
    expect(proposed).toMatchObject({ name: 'proposed', expectations: expect.any(Array) });
    const again = await run('validate', 'orders.csv', '--suite', 'proposed.json', '--json');
    expect([again.code, again.json().success]).toEqual([0, true]);
  });

  it('takes result formats by name', async () => {
    const result = await run(
      'validate',
      'orders.csv',
      '--suite',
      'not-null.json',
      '--result-format',
      'BOOLEAN_ONLY',
      '--json',
    );
    expect(only(result)).toMatchObject({ success: false, result: {} });
  });

  it('reads standard input by what it holds', async () => {
    const csv = await runCli(['validate', '-', '--suite', 'not-null.json', '--json'], {
      cwd: folder,
      input: 'a,b\n1,x\n',
    });
    expect([csv.code, csv.json().profile]).toEqual([0, expect.objectContaining({ rows: 1 })]);
    const lines = await runCli(['validate', '-', '--json'], { cwd: folder, input: '{"a": 1}\n{"a": 2}\n' });
    expect(lines.json()).toMatchObject({ profile: { rows: 2, columns: [{ name: 'a' }] } });
  });

  it('reads a folder or a glob of files as one table, and other tables by name', async () => {
    mkdirSync(join(folder, 'parts'));
    write('parts/1.csv', 'a\n1\n');
    write('parts/2.csv', 'a\n2\n');
    for (const data of ['parts', 'parts/*.csv'])
      expect((await run('validate', data, '--json')).json()).toMatchObject({ profile: { rows: 2 } });
    const same = [expects('expect_table_row_count_to_equal_other_table', { other_table_name: 'parts' })];
    write('same.json', suite(same));
    const differ = await run(
      'validate',
      'orders.csv',
      '--suite',
      'same.json',
      '--table',
      'parts=parts',
      'more=parts',
      '--json',
    );
    expect(only(differ)).toMatchObject({ success: false, exception_info: { raised_exception: false } });
  });

  it('reads dates where it is told', async () => {
    write('dated.csv', 'day\n2026-01-02\n2026-01-03\n');
    const type = async (...more: readonly string[]) => {
      const { profile } = (await run('validate', 'dated.csv', '--json', ...more)).json() as {
        profile: { columns: { type: string }[] };
      };
      return profile.columns[0]?.type;
    };
    expect(await type('--parse-dates', 'day')).toMatch(/^(date|timestamp)$/);
  });

  it('finds the suite of a model.yaml', async () => {
    write('model.yaml', 'name: orders\ndata: { test: orders.csv, expect: not-null.json }\nmodel: model.onnx\n');
    const result = await run('validate', 'orders.csv', '--suite', 'model.yaml', '--json');
    expect([result.code, result.json().suite_name]).toEqual([1, 'orders']);
  });

  it('tells what kept it from judging, with file and line', async () => {
    write('empty.csv', '');
    write('empty.json', '');
    write('broken.json', '{"name": "orders", "expectations": [');
    write('unknown.json', suite([notNull, expects('expect_column_values_to_not_be_nul', { column: 'a' })]));
    write('kwarg.json', suite([expects('expect_column_values_to_not_be_null', { column: 'a', colum: 'b' })]));
    write('table.txt', 'a\n1\n');
    write('utf16.csv', Buffer.from('\ufeffa,b\n1,x\n', 'utf16le'));
    mkdirSync(join(folder, 'mixed'));
    write('mixed/1.csv', 'a\n1\n');
    write('mixed/2.jsonl', '{"a": 1}\n');
    const cases: readonly (readonly [readonly string[], string])[] = [
      [['gone.csv'], 'data-missing'],
      [['*.parquet'], 'data-missing'],
      [['empty.csv'], 'data-empty'],
      [['table.txt'], 'data-format'],
      [['mixed'], 'data-mixed'],
      [['https://example.com/a.csv'], 'data-remote'],
      [['orders.csv', '--suite', 'gone.json'], 'suite-missing'],
      [['orders.csv', '--suite', 'empty.json'], 'suite-empty'],
      [['orders.csv', '--suite', 'broken.json'], 'suite-malformed'],
      [['orders.csv', '--suite', 'unknown.json'], 'expectation-unknown'],
      [['orders.csv', '--suite', 'kwarg.json'], 'expectation-kwarg-unknown'],
      [['orders.csv', '--engine', 'spark'], 'engine-unsupported'],
      [['orders.csv', '--parse-dates', 'c'], 'column-missing'],
      [['utf16.csv'], 'data-unreadable'],
      [['orders.csv', '--suite', '.'], 'not-a-file'],
      [['orders.csv', '--suite', 'not-null.json', '--save', 'x.json'], 'usage'],
    ];
    for (const [args, code] of cases) {
      const result = await run('validate', ...args, '--json');
      expect([args, result.code, problemCodes(result)[0]]).toEqual([args, 2, code]);
    }
    expect((await run('validate', 'utf16.csv')).stderr).toContain('utf16.csv:1 utf16.csv cannot be read: it is UTF-16');
    write('latin.json', new Uint8Array([0x7b, 0xe9]));
    const typed = join(folder, 'latin.json');
    expect((await run('validate', 'orders.csv', '--suite', typed)).stderr).toContain(`✗ ${typed} is not UTF-8 text.`);
    const unknown = await run('validate', 'orders.csv', '--suite', 'unknown.json', '--json');
    expect(unknown.json()).toMatchObject({
      problems: [
        {
          file: 'unknown.json',
          line: expect.any(Number),
          message: expect.stringContaining('expect_column_values_to_not_be_null'),
        },
      ],
    });
  });
});

describe('evaluate files', () => {
  const binary = ['--task', 'binary', '--target', 'y', '--prediction', 'p', '--score', 's'];

  beforeAll(() => {
    write('binary.csv', 'y,p,s,g\n1,1,0.9,a\n0,0,0.2,a\n1,0,0.4,b\n0,0,0.1,b\n');
    write('numbers.csv', 'y,p\n1.5,1\n2.5,3\n4,4\n');
    write('one.onnx', onnxFile(1));
  });

  it('scores predictions and judges gates', async () => {
    const gates = ['--gate', 'metrics.accuracy > 0.7', '--gate', 'metrics.f1 > 0.9'];
    const result = await run(
      'evaluate',
      '--predictions',
      'binary.csv',
      ...binary,
      '--sensitive',
      'g',
      ...gates,
      '--json',
    );
    expect(result.code).toBe(1);
    expect(result.json()).toMatchObject({
      schema: 'model-gitops/evaluate/1',
      outcome: 'fail',
      task: 'binary',
      rows: 4,
      metrics: { accuracy: 0.75, precision: 1, recall: 0.5, roc_auc: 1 },
      intervals: { accuracy: { level: 0.95, method: 'wilson' } },
      confusionMatrix: {
        labels: [0, 1],
        matrix: [
          [2, 0],
          [1, 1],
        ],
      },
      fairness: { g: { byGroup: { a: { count: 2 }, b: { count: 2 } } } },
      gates: [
        { if: 'metrics.accuracy > 0.7', passed: true },
        { if: 'metrics.f1 > 0.9', passed: false },
      ],
    });
    const never = await run('evaluate', '--predictions', 'binary.csv', ...binary, ...gates, '--fail-on', 'never');
    expect(never.code).toBe(0);
  });

  it('tells regression from its fractions, and compares with an earlier evaluation', async () => {
    const first = await run('evaluate', '--predictions', 'numbers.csv', '--target', 'y', '--prediction', 'p', '--json');
    expect(first.json()).toMatchObject({ outcome: 'pass', task: 'regression', rows: 3, metrics: { max_error: 0.5 } });
    write('baseline.json', first.stdout);
    const gate = ['--baseline', 'baseline.json', '--gate', 'metrics.mae <= baseline.metrics.mae'];
    const second = await run('evaluate', '--predictions', 'numbers.csv', '--target', 'y', '--prediction', 'p', ...gate);
    expect(second.code).toBe(0);
  });

  it('runs an ONNX file, and without a target only predicts', async () => {
    write('x.csv', 'x\n1\n2\n');
    const result = await run(
      'evaluate',
      '--model',
      'one.onnx',
      '--data',
      'x.csv',
      '--predictions-out',
      'out.csv',
      '--json',
    );
    expect(result.json()).toMatchObject({
      outcome: 'pass',
      task: 'regression',
      rows: 2,
      metrics: {},
      model: { format: 'onnx' },
      scan: { verdict: 'safe' },
    });
    expect(readFileSync(join(folder, 'out.csv'), 'utf8').split(/\r?\n/)).toEqual(['prediction', '2', '3', '']);
  });

  it('never passes a gate on a figure that is not there', async () => {
    for (const gate of ['metrics.nope > 0', '!(metrics.nope < 0)', 'metrics.nope > 0 || true']) {
      const result = await run('evaluate', '--predictions', 'binary.csv', ...binary, '--gate', gate, '--json');
      expect([gate, result.code, result.json().outcome]).toEqual([gate, 1, 'fail']);
    }
  });

  it('tells what kept it from judging', async () => {
    write('half.onnx', onnxFile(1).subarray(0, 30));
    write('nan.csv', 'y,p,s\n1,1,0.9\n0,0,NaN\n');
    write('gap.csv', 'y,p,s\n1,1,0.9\n,0,0.1\n');
    write('letters.csv', 'x\na\nb\n');
    write('empty.onnx', '');
    const cases: readonly (readonly [readonly string[], readonly number[], string])[] = [
      [['--predictions', 'nan.csv', ...binary], [1, 2], 'prediction-not-finite'],
      [['--predictions', 'gap.csv', ...binary], [1, 2], 'target-incomplete'],
      [['--predictions', 'binary.csv', '--target', 'nope', '--prediction', 'p'], [2], 'column-missing'],
      [['--predictions', 'binary.csv', ...binary, '--positive', 'maybe'], [2], 'positive-unknown'],
      [['--predictions', 'binary.csv', '--target', 'y', '--task', 'ranking'], [2], 'task-unsupported'],
      [['--predictions', 'binary.csv', ...binary, '--baseline', 'not-null.json'], [2], 'baseline-unreadable'],
      [['--predictions', 'binary.csv', ...binary, '--baseline', 'none.json'], [2], 'baseline-missing'],
      [['--predictions', 'binary.csv', ...binary, '--sensitive', 'y&'], [2], 'column-missing'],
      [
        ['--predictions', 'binary.csv', ...binary, '--sensitive', 'y', '--privileged', 's=1'],
        [2],
        'privileged-unknown',
      ],
      [['--model', 'empty.onnx', '--data', 'x.csv'], [2], 'model-empty'],
      [['--model', 'gone.onnx', '--data', 'x.csv'], [2], 'model-missing'],
      [['--model', 'half.onnx', '--data', 'x.csv'], [2], 'model-unreadable'],
      [['--model', 'orders.csv', '--data', 'x.csv'], [2], 'evaluate-run-missing'],
      [['--model', 'one.onnx', '--data', 'letters.csv'], [2], 'feature-unsuitable'],
      [['--model', 'one.onnx'], [2], 'usage'],
    ];
    for (const [args, codes, code] of cases) {
      const result = await run('evaluate', ...args, '--json');
      expect([args, problemCodes(result)]).toEqual([args, [code]]);
      expect(codes).toContain(result.code);
    }
    const syntax = await run(
      'evaluate',
      '--predictions',
      'binary.csv',
      ...binary,
      '--gate',
      'metrics.accuracy >',
      '--json',
    );
    expect([syntax.code, syntax.json().outcome]).toEqual([2, 'problem']);
  });
});
