import { beforeEach, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../config/types.ts';
import { ProblemError } from '../problem.ts';
import { type TrainingWorld, trainingConfig, trainingWorld } from '../testing/training-world.ts';
import { trainingKey } from './index.ts';

const config = trainingConfig();
const model = 'models/fraud/model.pkl';
const refusal = (message: string) =>
  new ProblemError({ code: 'push-refused', message, remedy: 'Ask.' }, { kind: 'refused' });

let world: TrainingWorld;
beforeEach(async () => {
  world = await trainingWorld();
});

describe('trainModel', () => {
  it("runs the user's command where the model is, and records what it ran on and what it made", async () => {
    const document = await world.train(config, { workflowRun: 'acme/fraud/actions/runs/8123' });
    const key = await trainingKey({ config, features: null, seed: null }, world.ports);
    expect(world.asked).toMatchObject([
      {
        command: 'python train.py',
        cwd: 'models/fraud',
        env: {
          MODEL_GITOPS_MODEL: 'fraud',
          MODEL_GITOPS_TRAIN: '/repository/data/train.csv',
          MODEL_GITOPS_TEST: '/repository/data/test.csv',
          MODEL_GITOPS_PARAMETERS: '{"depth":3}',
          MODEL_GITOPS_SEED: '7',
          MODEL_GITOPS_MODEL_PATH: `/repository/${model}`,
          MODEL_GITOPS_METRICS_PATH: '/repository/models/fraud/metrics.json',
        },
      },
    ]);
    expect(document).toMatchObject({
      schema: 'model-gitops/train/1',
      outcome: 'pass',
      model: 'fraud',
      reused: false,
      recorded: true,
      notRecordedBecause: null,
      commandExitCode: 0,
      run: {
        id: `run-${key.slice(0, 12)}`,
        key,
        parameters: { depth: 3 },
        seed: 7,
        metrics: { loss: 0.25, lift: 'Infinity' },
        artifacts: [{ name: 'model.pkl', kind: 'file', path: model, uri: expect.stringMatching(/^memory:/) }],
        environment: {
          runtime: 'Python 3.13.1',
          platform: 'Linux x86_64',
          locks: [{ path: 'requirements.txt' }],
        },
        data: [{ name: 'train' }, { name: 'test' }],
        code: { files: 1 },
        features: { sha256: null },
        commit: world.registry.head,
        dirty: false,
        workflowRun: 'acme/fraud/actions/runs/8123',
        seconds: 2,
      },
    });
    expect(await world.runs.findRun('fraud', key)).toEqual(document.run);
  });

  it('trains on the features that were made, and knows them stale', async () => {
    const bySql = trainingConfig({ features: { format: 'csv', target: 'label', sensitive: [], sql: 'features.sql' } });
    world.write('features.sql', 'SELECT amount, label FROM input');
    await expect(world.train(bySql)).rejects.toMatchObject({ problems: [{ code: 'features-missing' }] });
    await world.makeFeatures(bySql);
    const { run } = await world.train(bySql);
    expect(world.asked[0]?.env.MODEL_GITOPS_TRAIN).toBe('/repository/.model-gitops/fraud/features/train.csv');
    expect(run).toMatchObject({
      features: { sha256: expect.stringMatching(/^[0-9a-f]{64}$/) },
      data: [{ rows: 2 }, {}],
    });
    world.write('data/train.csv', 'amount,label\n1,a\n');
    await expect(world.train(bySql)).rejects.toMatchObject({ kind: 'refused', problems: [{ code: 'features-stale' }] });
  });

  it('is not dirty by what the steps write themselves', async () => {
    const dirty = ['.model-gitops/', model, 'models/fraud/metrics.json'];
    const commit = { head: world.registry.head, dirty };
    expect(await world.train(config, { commit })).toMatchObject({ recorded: true, run: { dirty: false } });
  });

  it('fails with the last lines of a command that fails, and records nothing', async () => {
    world.onCommand(() => 3);
    const document = await world.train(config);
    expect(document).toMatchObject({
      outcome: 'fail',
      run: null,
      recorded: false,
      commandExitCode: 3,
      lastLines: ['last words'],
    });
    expect(world.registry.repository.refs.has('refs/heads/model-gitops/ledger')).toBe(false);
    expect(world.disk.stored.size).toBe(0);
  });

  it('needs neither training rows nor a seed nor metrics', async () => {
    const { train: _, ...data } = config.data;
    const { seed: __, ...train } = config.train!;
    const plain = { ...config, data, train: { ...train, outputs: { model } } };
    const document = await world.train(plain);
    expect(document).toMatchObject({ outcome: 'pass', run: { seed: null, metrics: {}, data: [{ name: 'test' }] } });
    expect(Object.keys(world.asked[0]?.env ?? {}).sort()).toEqual([
      'MODEL_GITOPS_MODEL',
      'MODEL_GITOPS_MODEL_PATH',
      'MODEL_GITOPS_PARAMETERS',
      'MODEL_GITOPS_TEST',
    ]);
  });

  const writes = (files: Readonly<Record<string, string>>) => () =>
    world.onCommand(() => {
      for (const [path, text] of Object.entries(files)) world.write(path, text);
      return 0;
    });
  const metrics = (text: string) => writes({ [model]: 'bytes', 'models/fraud/metrics.json': text });
  const positions = { 'train.outputs': { file: 'models/fraud/model.yaml', line: 9, column: 3 } };
  const bad: readonly (readonly [string, () => unknown, Partial<ModelConfig>, string])[] = [
    ['nothing is to be trained', () => 0, { train: undefined } as unknown as Partial<ModelConfig>, 'nothing-to-train'],
    ['no model was written', writes({}), { positions }, 'model-not-written'],
    ['an empty model was written', writes({ [model]: '' }), {}, 'model-not-written'],
    ['a folder was written', writes({ [`${model}/weights`]: 'bytes' }), {}, 'output-is-folder'],
    ['a folder lies at the output', () => world.write(`${model}/weights`, 'bytes'), {}, 'output-is-folder'],
    ['no metrics were written', writes({ [model]: 'bytes' }), { positions }, 'metrics-not-written'],
    ['metrics are empty', metrics(''), {}, 'metrics-unreadable'],
    ['metrics are no JSON', metrics('{"loss": NaN}'), {}, 'metrics-unreadable'],
    ['metrics are a list', metrics('[1]'), {}, 'metrics-unreadable'],
    ['metrics are null', metrics('null'), {}, 'metrics-unreadable'],
    ['a metric is text', metrics('{"loss": "low"}'), {}, 'metrics-unreadable'],
    ['a metric is null', metrics('{"loss": null}'), {}, 'metrics-unreadable'],
    ['a metric is nested', metrics('{"loss": {"train": 1}}'), {}, 'metrics-unreadable'],
    ['the training data is missing', () => world.disk.files.delete('/repository/data/train.csv'), {}, 'data-missing'],
    ['a lock is missing', () => world.disk.files.delete('/repository/requirements.txt'), {}, 'lock-missing'],
    [
      'the named code is missing',
      () => world.disk.files.delete('/repository/models/fraud/train.py'),
      {},
      'code-missing',
    ],
    [
      'the model would be written over the data',
      () => 0,
      { train: { ...config.train!, outputs: { model: 'data/train.csv' } } },
      'output-is-input',
    ],
  ];
  it.each(bad)('refuses where %s, and records nothing', async (_, prepare, changes, code) => {
    world.write(model, 'of an earlier run');
    if (code === 'output-is-folder') world.disk.files.delete(`/repository/${model}`);
    prepare();
    await expect(world.train({ ...config, ...changes })).rejects.toMatchObject({
      kind: 'input',
      problems: [
        { code, remedy: expect.stringMatching(/\w/), ...(changes.positions === undefined ? {} : { line: 9 }) },
      ],
    });
    expect(world.disk.stored.size).toBe(0);
    expect(world.registry.repository.refs.has('refs/heads/model-gitops/ledger')).toBe(false);
    expect(world.text('data/test.csv')).not.toBeNull();
  });
});

describe('a run of the same key', () => {
  it('is trained on the pull request, and reused at the merge with its own commit', async () => {
    const { run } = await world.train(config, { commit: { head: world.registry.head, dirty: [] } });
    const bytes = world.text(model);
    await world.ports.workspace.remove(model);
    world.write('README.md', 'merged');
    const merged = await world.train(config, { commit: { head: 'a'.repeat(40), dirty: ['README.md'] } });
    expect(merged).toMatchObject({ outcome: 'pass', reused: true, recorded: true, commandExitCode: null });
    expect(merged.run).toEqual(run);
    expect(world.text(model)).toBe(bytes);
    expect(JSON.parse(world.text('models/fraud/metrics.json') ?? '')).toEqual(run?.metrics);
    expect(world.asked).toHaveLength(1);
  });

  it('is written to where model.yaml wants the model now', async () => {
    await world.train(config);
    const moved = trainingConfig({ train: { outputs: { model: 'out/fraud.pkl' } } });
    expect(await world.train(moved)).toMatchObject({ reused: true, run: { artifacts: [{ path: 'out/fraud.pkl' }] } });
    expect(world.text('out/fraud.pkl')).toBe(world.text(model));
  });

  it('is trained again where that is asked for, and stays one run', async () => {
    const first = await world.train(config);
    const again = await world.train(config, { reuse: 'never', commit: { head: world.registry.head, dirty: [] } });
    expect(again).toMatchObject({ reused: false, recorded: true, run: { key: first.run?.key } });
    expect(world.asked).toHaveLength(2);
  });

  it('is told where it came out as other bytes than the recorded ones', async () => {
    const first = await world.train(config);
    world.onCommand(() => {
      world.write(model, 'other bytes');
      world.write('models/fraud/metrics.json', '{}');
      return 0;
    });
    const again = await world.train(config, { reuse: 'never' });
    expect(again).toMatchObject({
      outcome: 'pass',
      recorded: false,
      notRecordedBecause: expect.stringContaining('other bytes'),
    });
    expect(await world.runs.findRun('fraud', first.run?.key ?? '')).toEqual(first.run);
  });

  it.each([
    ['gone', () => world.disk.stored.clear()],
    ['damaged', () => world.disk.stored.set([...world.disk.stored.keys()][0] ?? '', new Uint8Array([1]))],
  ])('is trained again where its bytes are %s', async (_, harm) => {
    const first = await world.train(config);
    harm();
    const again = await world.train(config);
    expect(again).toMatchObject({ outcome: 'pass', reused: false, recorded: true });
    expect(again.run?.artifacts).toEqual(first.run?.artifacts);
    expect((await world.train(config)).reused).toBe(true);
  });

  it('is trained again where an event is no run', async () => {
    const key = await trainingKey({ config, features: null, seed: null }, world.ports);
    const findRun = async () => ({ id: 'run', key }) as never;
    const document = await world.train(config, {}, { runs: { ...world.runs, findRun } });
    expect(document.reused).toBe(false);
  });

  it('survives a crash between store and event: the next one trains, and records once', async () => {
    const crash = new Error('power cut');
    const recordRun = async () => Promise.reject(crash);
    await expect(world.train(config, {}, { runs: { ...world.runs, recordRun } })).rejects.toBe(crash);
    expect(world.disk.stored.size).toBe(1);
    expect(await world.train(config)).toMatchObject({ reused: false, recorded: true });
    expect(await world.train(config)).toMatchObject({ reused: true });
    expect(world.disk.stored.size).toBe(1);
  });
});

describe('a run that cannot be recorded', () => {
  const dirty = () => ({ commit: { head: world.registry.head, dirty: ['models/fraud/train.py'] } });
  const refusing = (message: string) => async () => Promise.reject(refusal(message));
  type Case = readonly [
    string,
    () => Parameters<TrainingWorld['train']>[1],
    () => Parameters<TrainingWorld['train']>[2],
    string,
  ];
  const cases: readonly Case[] = [
    ['the tree is dirty', dirty, () => ({}), 'models/fraud/train.py'],
    ['there is no commit', () => ({ commit: { head: null, dirty: [] } }), () => ({}), 'no commit'],
    ['nothing can be written', () => ({}), () => ({ runs: null }), 'nothing can be written'],
    ['there is no store', () => ({}), () => ({ store: null }), 'no store'],
    ['the store refuses', () => ({}), () => ({ store: { ...world.ports.store!, put: refusing('full') } }), 'full'],
    [
      'the push is refused',
      () => ({}),
      () => ({ runs: { ...world.runs, recordRun: refusing('read-only') } }),
      'read-only',
    ],
  ];
  it.each(cases)('is a run nevertheless, and says why: %s', async (_, changes, ports, because) => {
    const document = await world.train(config, changes(), ports());
    expect(document).toMatchObject({
      outcome: 'pass',
      recorded: false,
      notRecordedBecause: expect.stringContaining(because),
    });
    expect(document.run?.artifacts).toHaveLength(1);
    expect(world.registry.repository.refs.has('refs/heads/model-gitops/ledger')).toBe(false);
  });

  it('is trained where the ledger does not answer, and says so', async () => {
    const runs = { findRun: refusing('offline'), recordRun: refusing('offline') };
    expect(await world.train(config, {}, { runs })).toMatchObject({
      reused: false,
      notRecordedBecause: expect.stringMatching(/^offline /),
    });
    expect(world.said).toContain('No earlier run could be reused: offline');
  });
});
