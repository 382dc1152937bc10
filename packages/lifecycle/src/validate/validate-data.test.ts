import { describe, expect, it } from 'vitest';
import { evaluationConfig, evaluationWorld } from '../testing/evaluation-world.ts';
import { memoryDataEngine } from '../testing/memory-data-engine.ts';
import { validateData } from './validate-data.ts';

const position = { file: 'models/fraud/model.yaml', line: 3, column: 5 };

function world(expectations: readonly object[] | null) {
  const { ports, write } = evaluationWorld();
  write('data/train.csv', 'n\n1\n2\n');
  write('data/test.csv', 'n\n7\n');
  if (expectations !== null) write('models/fraud/suite.json', JSON.stringify({ name: 'fraud', expectations }));
  const tables = [
    ['/repository/data/train.csv', [1, 2]],
    ['/repository/data/test.csv', [7]],
  ] as const;
  const engine = memoryDataEngine(new Map(tables.map(([path, cells]) => [path, { n: { kind: 'number', cells } }])));
  const config = evaluationConfig({
    data: {
      train: { name: 'train', pattern: 'data/train.csv' },
      test: { name: 'test', pattern: 'data/test.csv' },
      expect: 'models/fraud/suite.json',
      parseDates: [],
    },
    positions: { 'data.expect': position, 'data.test': position },
  });
  const validate = (changes: Partial<typeof config.data> = {}) =>
    validateData(
      { config: { ...config, data: { ...config.data, ...changes } }, resultFormat: 'BASIC', failOn: 'critical' },
      { workspace: ports.workspace, engine },
    );
  return { validate, config };
}

const small = { type: 'expect_column_max_to_be_between', kwargs: { column: 'n', max_value: 5 } };

describe('validateData', () => {
  it('runs the suite on training and test data, and tells which bytes it read', async () => {
    const document = await world([small]).validate();
    expect(document).toMatchObject({ schema: 'model-gitops/validate-data/1', outcome: 'fail', model: 'fraud' });
    const told = document.datasets.map(({ name, path, rows, size, validation }) => [
      name,
      path,
      rows,
      size,
      validation.outcome,
    ]);
    expect(told).toEqual([
      ['train', 'data/train.csv', 2, 6, 'pass'],
      ['test', 'data/test.csv', 1, 4, 'fail'],
    ]);
    expect(document.datasets[0]?.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(document.datasets[1]?.validation.results[0]?.position).toEqual({ file: 'models/fraud/suite.json', line: 1 });
  });
  it('profiles where no suite is named', async () => {
    const { validate, config } = world(null);
    const { expect: _, train: __, ...data } = config.data;
    const document = await validate({ ...data, expect: undefined, train: undefined } as never);
    expect(document).toMatchObject({
      outcome: 'pass',
      datasets: [{ name: 'test', validation: { results: [], profile: { rows: 1 } } }],
    });
  });
  it('names model.yaml where the suite is not there, and the suite where it is wrong', async () => {
    await expect(world(null).validate()).rejects.toMatchObject({ problems: [{ code: 'suite-missing', ...position }] });
    const unknown = [{ type: 'expect_nothing', kwargs: {} }];
    await expect(world(unknown).validate()).rejects.toMatchObject({
      problems: [{ code: 'expectation-unknown', file: 'models/fraud/suite.json', line: 1 }],
    });
  });
  it('names model.yaml where the data are not there', async () => {
    const missing = world([small]).validate({ test: { name: 'test', pattern: 'data/gone.csv' } });
    await expect(missing).rejects.toMatchObject({ problems: [{ code: 'data-missing', line: 3 }] });
  });
});
