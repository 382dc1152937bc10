import { describe, expect, it } from 'vitest';
import { bytes, int, model, node, value } from '../../../../examples/penguins/models/penguins/onnx-writer.mjs';
import { evaluationConfig, evaluationWorld, gate, thresholdModel } from '../testing/evaluation-world.ts';
import { digestOfBytes } from '../testing/memory-artifact-store.ts';
import { evaluateModel } from './evaluate-model.ts';

const path = 'models/fraud/model.onnx';
const onnx = model({
  nodes: [node('Identity', ['features'], ['probabilities'])],
  inputs: [value('features', 'float32', ['N', 1])],
  outputs: [value('label', 'int64', ['N']), value('probabilities', 'float32', ['N', 2])],
});

/** Ten rows, eight of them right. */
const rows = {
  id: Array.from({ length: 10 }, (_, row) => row),
  amount: [0.9, 0.8, 0.7, 0.6, 0.1, 0.2, 0.3, 0.4, 0.9, 0.1],
  gender: ['f', 'm', 'f', 'm', 'f', 'm', 'f', 'm', 'f', 'm'],
  label: [1, 1, 1, 1, 0, 0, 0, 0, 0, 1],
};

function world(file: Uint8Array = onnx) {
  const made = evaluationWorld({ [path]: thresholdModel() });
  made.write(path, file);
  made.writeTable('data/test.csv', rows);
  return made;
}

const config = evaluationConfig({ features: { format: 'csv', target: 'label', sensitive: ['gender'] } });
const request = { config, champions: {}, seed: 1 };
const refused = (code: string, kind = 'input') => ({ kind, problems: [{ code, remedy: expect.stringMatching(/\w/) }] });

describe('evaluateModel on an ONNX file', () => {
  it('computes the figures itself and says what it looked at', async () => {
    const document = await evaluateModel(request, world().ports);
    expect(document).toMatchObject({
      schema: 'model-gitops/evaluate/1',
      outcome: 'pass',
      modelName: 'fraud',
      task: 'binary',
      rows: 10,
      metrics: { accuracy: 0.8 },
      model: {
        path,
        format: 'onnx',
        sha256: digestOfBytes(onnx),
        sizeBytes: onnx.length,
        inputs: [{ name: 'features' }],
      },
      scan: { verdict: 'safe' },
      data: { name: 'test', path: 'data/test.csv', rows: 10 },
      performance: { p50Ms: 1, p95Ms: 1 },
      gates: [],
    });
    expect(Object.keys(document.fairness)).toEqual(['gender']);
  });

  it('fails where a gate that blocks fails, and not where one that warns does', async () => {
    const judged = (level: 'error' | 'warn') =>
      evaluateModel(
        { ...request, config: { ...config, gates: [gate('metrics.accuracy > 0.9', level)] } },
        world().ports,
      );
    expect(await judged('error')).toMatchObject({ outcome: 'fail', gates: [{ state: 'failed', passed: false }] });
    expect((await judged('warn')).outcome).toBe('pass');
  });

  it('fails where a gate names a figure that is not there', async () => {
    const gates = [gate('metrics.acuracy > 0.1')];
    expect((await evaluateModel({ ...request, config: { ...config, gates } }, world().ports)).outcome).toBe('fail');
  });

  it('passes a first version by a gate on an environment that has none, and says so', async () => {
    const gates = [gate('metrics.accuracy >= production.metrics.accuracy')];
    const document = await evaluateModel({ ...request, config: { ...config, gates } }, world().ports);
    expect(document).toMatchObject({ outcome: 'pass', gates: [{ state: 'not-applicable' }] });
    expect(document.champion).toBeUndefined();
  });

  it('prefers the features that were handed over, and refuses them changed', async () => {
    const made = world();
    made.write('features.sql', 'SELECT * FROM input');
    made.writeTable('features.csv', { ...rows, label: rows.amount.map((amount) => (amount >= 0.5 ? 1 : 0)) });
    const { workspace } = made.ports;
    const [features, sql, data] = await Promise.all(
      ['features.csv', 'features.sql', 'data/test.csv'].map((file) => workspace.measure(file)),
    );
    const document = {
      schema: 'model-gitops/features/1',
      definition: { kind: 'sql', path: 'features.sql', sha256: sql?.sha256 },
      inputs: [{ ...data, name: 'test' }],
      outputs: [{ ...features, name: 'test', rows: 10, columns: [] }],
    };
    made.write('.model-gitops/fraud/features.json', JSON.stringify(document));
    const withSql = { ...request, config: { ...config, features: { ...config.features, sql: 'features.sql' } } };
    expect((await evaluateModel(withSql, made.ports)).metrics.accuracy).toBe(1);
    made.write('features.csv', 'changed');
    await expect(evaluateModel(withSql, made.ports)).rejects.toMatchObject(refused('features-changed', 'refused'));
    made.write('features.sql', 'SELECT 1 FROM input');
    await expect(evaluateModel(withSql, made.ports)).rejects.toMatchObject(refused('features-stale', 'refused'));
  });

  it('takes the model of the training run, its reported metrics and commit, and refuses other bytes', async () => {
    const made = world();
    const trained = { ...config, model: undefined as never };
    const artifact = { name: 'model.onnx', kind: 'file', format: 'onnx', path, sha256: digestOfBytes(onnx), size: 1 };
    const run = {
      ...{ id: 'run-1', key: 'k', command: 'python train.py', parameters: {}, seed: null, data: [] },
      ...{ metrics: { accuracy: 0.99 }, artifacts: [artifact], commit: 'c'.repeat(40), dirty: false },
      environment: { runtime: 'python 3.13', platform: 'linux', locks: [] },
      code: { sha256: '0'.repeat(64), files: 1 },
      workflowRun: null,
    };
    made.write('.model-gitops/fraud/run.json', JSON.stringify({ schema: 'model-gitops/train/1', run }));
    const document = await evaluateModel({ ...request, config: trained }, made.ports);
    expect(document).toMatchObject({ reported: { accuracy: 0.99 }, metrics: { accuracy: 0.8 }, commit: run.commit });
    made.write(path, new Uint8Array([...onnx, 0xf8, 0x06, 0x01]));
    await expect(evaluateModel({ ...request, config: trained }, made.ports)).rejects.toMatchObject(
      refused('model-changed', 'refused'),
    );
  });

  /** A model whose tensor w is said to lie at that location. */
  function withWeightsAt(location: string) {
    const entry = [bytes(1, 'location'), bytes(2, location)];
    return model({
      nodes: [],
      initializers: [[int(2, 1), bytes(8, 'w'), bytes(13, entry), int(14, 1)]],
      inputs: [value('features', 'float32', ['N', 1])],
      outputs: [value('label', 'int64', ['N'])],
    });
  }

  it('does not load a dangerous file, nor one that is only a part', async () => {
    const dangerous = evaluateModel(request, world(withWeightsAt('/etc/passwd')).ports);
    await expect(dangerous).rejects.toMatchObject(refused('model-dangerous', 'refused'));
    const part = evaluateModel(request, world(withWeightsAt('weights.bin')).ports);
    await expect(part).rejects.toMatchObject(refused('model-external-data'));
  });

  it.each([
    ['the target is unnamed', 'target-unnamed', { features: { format: 'csv', sensitive: [] } }, rows],
    ['a column is missing', 'column-missing', { evaluate: { slices: ['region'] } }, rows],
    ['there are no rows', 'data-empty', {}, { amount: [], label: [], gender: [] }],
    ['a row has no target', 'target-incomplete', {}, { ...rows, label: [...rows.label.slice(1), null] }],
    ['there are more columns than the model takes', 'features-mismatch', {}, { ...rows, surplus: rows.amount }],
    ['nothing was trained', 'model-not-trained', { model: undefined }, rows],
    ['the model file is not there', 'model-missing', { model: 'absent.onnx' }, rows],
    [
      'the data is not there',
      'data-missing',
      { data: { test: { name: 'test', pattern: 'no.csv' }, parseDates: [] } },
      rows,
    ],
    ['features were not made', 'features-missing', { features: { ...config.features, sql: 'features.sql' } }, rows],
  ] as const)('says clearly when %s', async (_, code, changes, table) => {
    const made = world();
    made.writeTable('data/test.csv', table);
    const changed = { ...config, ...(changes as object) };
    await expect(evaluateModel({ ...request, config: changed }, made.ports)).rejects.toMatchObject(refused(code));
  });
});

describe('evaluateModel by the user’s command', () => {
  const pickle = { model: 'models/fraud/model.pkl' };
  const byCommand = evaluationConfig({
    ...pickle,
    evaluate: {
      run: 'python score.py',
      predictions: { file: 'models/fraud/preds.csv', prediction: 'y', score: 'p' },
      slices: [],
    },
  });
  const asked = { ...request, config: byCommand };
  const predictions = { y: rows.label, p: rows.amount };

  function pickled(write: (made: ReturnType<typeof evaluationWorld>) => number | undefined) {
    const made = world();
    made.write(pickle.model, '\u0080\u0004.');
    made.onCommand(() => write(made));
    return made;
  }

  it('scores what the command wrote, and never opens the model', async () => {
    const made = pickled((w) => void w.writeTable('models/fraud/preds.csv', predictions));
    const document = await evaluateModel(asked, made.ports);
    expect(document).toMatchObject({ task: 'binary', metrics: { accuracy: 1 }, scan: { verdict: 'unscannable' } });
    expect(document.performance).toBeUndefined();
    expect(made.commands).toMatchObject([
      {
        command: 'python score.py',
        cwd: 'models/fraud',
        env: {
          MODEL_GITOPS_MODEL_PATH: '/repository/models/fraud/model.pkl',
          MODEL_GITOPS_TEST: '/repository/data/test.csv',
          MODEL_GITOPS_PREDICTIONS: '/repository/models/fraud/preds.csv',
        },
      },
    ]);
  });

  it.each([
    ['a row too few', { y: rows.label.slice(1), p: rows.amount.slice(1) }, 'predictions-rows', 'input'],
    ['another column', { z: rows.label, p: rows.amount }, 'column-missing', 'input'],
    [
      'NaN among the scores',
      { ...predictions, p: [...rows.amount.slice(1), Number.NaN] },
      'prediction-not-finite',
      'refused',
    ],
    ['an empty prediction', { ...predictions, y: [...rows.label.slice(1), null] }, 'prediction-not-finite', 'refused'],
    ['text for numbers', { ...predictions, p: rows.gender }, 'prediction-not-finite', 'refused'],
  ] as const)('refuses %s', async (_, table, code, kind) => {
    const made = pickled((w) => void w.writeTable('models/fraud/preds.csv', table));
    await expect(evaluateModel(asked, made.ports)).rejects.toMatchObject(refused(code, kind));
  });

  it('does not take predictions of an earlier run for new ones', async () => {
    const made = pickled(() => 0);
    made.writeTable('models/fraud/preds.csv', predictions);
    await expect(evaluateModel(asked, made.ports)).rejects.toMatchObject(refused('predictions-missing'));
  });

  it('shows the last lines of a command that fails', async () => {
    const made = pickled(() => 3);
    await expect(evaluateModel(asked, made.ports)).rejects.toMatchObject({
      kind: 'refused',
      problems: [{ code: 'evaluate-run-failed', message: expect.stringContaining('last words') }],
    });
  });

  it('needs a command for what is not ONNX', async () => {
    const made = pickled(() => 0);
    const config = evaluationConfig(pickle);
    await expect(evaluateModel({ ...request, config }, made.ports)).rejects.toMatchObject(
      refused('evaluate-run-missing'),
    );
  });
});
