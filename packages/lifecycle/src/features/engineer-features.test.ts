import { digestOfText } from '@model-gitops/registry';
import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../config/types.ts';
import { type TrainingWorld, trainingConfig, trainingWorld } from '../testing/training-world.ts';

const at = (line: number) => ({ file: 'models/fraud/model.yaml', line, column: 3 });
const positions = { 'features.target': at(5), 'features.columns[1]': at(6), 'features.sensitive': at(7) };
const features = { format: 'csv', target: 'label', sensitive: [], sql: 'models/fraud/features.sql' } as const;
const bySql = trainingConfig({ features, positions });
const byCommand = trainingConfig({
  features: { format: 'csv', target: 'label', sensitive: [], run: 'python make.py' },
});
const trainPath = '.model-gitops/fraud/features/train.csv';
const testPath = '.model-gitops/fraud/features/test.csv';

let world: TrainingWorld;
beforeEach(async () => {
  world = await trainingWorld();
  world.write('models/fraud/features.sql', 'SELECT amount, label FROM input');
});

function writeByCommand(text = 'amount,label\n1,a\n') {
  world.onCommand(({ env }) => {
    for (const name of ['train', 'test']) world.write(`${env.MODEL_GITOPS_FEATURES?.slice(12)}/${name}.csv`, text);
    return 0;
  });
}

const after = (prepare: () => unknown, config: ModelConfig) => () => {
  prepare();
  return config;
};
const refused = (code: string, more: object = {}, kind = 'input') => ({ kind, problems: [{ code, ...more }] });

describe('engineerFeatures', () => {
  it('queries training and test rows, and says what it made of what', async () => {
    const document = await world.makeFeatures(bySql);
    expect(document).toMatchObject({
      schema: 'model-gitops/features/1',
      outcome: 'pass',
      model: 'fraud',
      definition: {
        kind: 'sql',
        path: 'models/fraud/features.sql',
        sha256: digestOfText('SELECT amount, label FROM input'),
      },
      inputs: [
        { name: 'train', path: 'data/train.csv', rows: 2 },
        { name: 'test', path: 'data/test.csv', rows: 2 },
      ],
      outputs: [
        {
          name: 'train',
          path: trainPath,
          rows: 2,
          columns: [
            { name: 'amount', kind: 'number' },
            { name: 'label', kind: 'text' },
          ],
        },
        { name: 'test', path: testPath, rows: 2 },
      ],
      cached: false,
    });
    expect(world.text(trainPath)).toBe('amount,label\n0.5,a\n0.7,b\n');
    expect(document.outputs[0]?.sha256).toBe(digestOfText('amount,label\n0.5,a\n0.7,b\n'));
  });

  it('takes the data as it is where nothing defines features', async () => {
    const document = await world.makeFeatures(trainingConfig());
    expect(document).toMatchObject({
      definition: { kind: 'none', path: null, sha256: null },
      outputs: [{ name: 'train', path: 'data/train.csv', rows: 2 }, { name: 'test' }],
    });
    expect(document.outputs.map(({ sha256 }) => sha256)).toEqual(document.inputs.map(({ sha256 }) => sha256));
  });

  it("runs the user's command where the model is, and reads what it wrote", async () => {
    writeByCommand();
    const document = await world.makeFeatures(byCommand);
    expect(document).toMatchObject({ definition: { kind: 'command' }, outputs: [{ rows: 1 }, { rows: 1 }] });
    expect(world.asked).toMatchObject([
      {
        command: 'python make.py',
        cwd: 'models/fraud',
        env: {
          MODEL_GITOPS_TRAIN: '/repository/data/train.csv',
          MODEL_GITOPS_TEST: '/repository/data/test.csv',
          MODEL_GITOPS_FEATURES: '/repository/.model-gitops/fraud/features',
          MODEL_GITOPS_FEATURES_FORMAT: 'csv',
        },
      },
    ]);
    expect(world.said).toEqual(['at work']);
  });

  it('computes the same once, with the same answer', async () => {
    const { cached: _, ...first } = await world.makeFeatures(bySql);
    const { cached, ...second } = await world.makeFeatures(bySql);
    expect(cached).toBe(true);
    expect(second).toEqual(first);
    const { cached: again, ...third } = await world.makeFeatures(bySql, 'never');
    expect(again).toBe(false);
    expect(third).toEqual(first);
  });

  const changes: readonly (readonly [string, () => ModelConfig])[] = [
    ['training rows', after(() => world.write('data/train.csv', 'amount,label\n1,a\n'), bySql)],
    ['test rows', after(() => world.write('data/test.csv', 'amount,label\n1,a\n'), bySql)],
    ['the query', after(() => world.write('models/fraud/features.sql', 'SELECT label, amount FROM input'), bySql)],
    ['the output', after(() => world.write(trainPath, 'changed'), bySql)],
    ['the output, gone', after(() => world.disk.files.delete(`/repository/${testPath}`), bySql)],
    ['what is a date', () => ({ ...bySql, data: { ...bySql.data, parseDates: ['id'] } })],
    ['the definition, gone', () => trainingConfig({ features: { format: 'csv', sensitive: [] } })],
  ];
  it.each(changes)('computes again where %s changed', async (_, change) => {
    await world.makeFeatures(bySql);
    expect((await world.makeFeatures(change())).cached).toBe(false);
  });

  it('runs a command again where its code changed, and not otherwise', async () => {
    writeByCommand();
    await world.makeFeatures(byCommand);
    expect((await world.makeFeatures(byCommand)).cached).toBe(true);
    world.write('models/fraud/make.py', 'other()\n');
    expect((await world.makeFeatures(byCommand)).cached).toBe(false);
    expect(world.asked).toHaveLength(2);
  });

  const bad: readonly (readonly [string, () => ModelConfig, object])[] = [
    [
      'the SQL is not there',
      () => ({ ...bySql, features: { ...features, sql: 'other.sql' } }),
      refused('features-sql-missing'),
    ],
    ['the SQL is empty', after(() => world.write(features.sql, ' \n'), bySql), refused('features-sql-empty')],
    [
      'the SQL fails',
      after(() => world.write(features.sql, 'SELECT amuont FROM input'), bySql),
      refused('sql-failed', { file: features.sql }),
    ],
    [
      'no row comes through',
      after(() => world.write(features.sql, 'SELECT label FROM input WHERE false'), bySql),
      refused('features-empty', { file: features.sql }),
    ],
    [
      'there is no data',
      after(() => world.disk.files.delete('/repository/data/train.csv'), bySql),
      refused('data-missing'),
    ],
    [
      'the data has no rows',
      after(() => world.write('data/test.csv', 'label\n'), trainingConfig()),
      refused('data-empty'),
    ],
    [
      'the target is not made',
      () => ({ ...bySql, features: { ...features, target: 'lable' } }),
      {
        problems: [
          {
            code: 'column-missing',
            message: `${trainPath} and ${testPath} have no column lable; did you mean "label"?`,
            ...at(5),
          },
        ],
      },
    ],
    [
      'a model input is not made',
      () => ({ ...bySql, features: { ...features, columns: ['amount', 'age'] } }),
      { problems: [at(6)] },
    ],
    [
      'a sensitive column is not made',
      () => ({ ...bySql, features: { ...features, sensitive: ['amount&sex'] } }),
      { problems: [{ code: 'column-missing', message: `${testPath} has no column sex.`, ...at(7) }] },
    ],
    [
      'a slice is not made',
      () => ({ ...bySql, evaluate: { slices: ['island'] } }),
      { problems: [{ code: 'column-missing', file: testPath }] },
    ],
  ];
  it.each(bad)('refuses where %s', async (_, prepare, problem) => {
    const config = prepare();
    await expect(world.makeFeatures(config)).rejects.toMatchObject(problem);
  });

  it('tells the end of a command that failed', async () => {
    world.onCommand(() => 3);
    await expect(world.makeFeatures(byCommand)).rejects.toMatchObject(
      refused('features-run-failed', { message: expect.stringContaining('exit code 3.\nlast words') }, 'refused'),
    );
  });

  it('does not take files of an earlier command for those of one that writes nothing', async () => {
    writeByCommand();
    await world.makeFeatures(byCommand);
    world.onCommand(() => 0);
    await expect(world.makeFeatures(byCommand, 'never')).rejects.toMatchObject(refused('features-not-written'));
  });

  it('leaves nothing half-written', async () => {
    await world.makeFeatures(bySql);
    world.write('data/test.csv', 'label\nb\n');
    await expect(world.makeFeatures(bySql)).rejects.toMatchObject(refused('sql-failed'));
    expect([...world.disk.files.keys()].filter((path) => path.includes('/features/'))).toEqual([]);
  });
});
