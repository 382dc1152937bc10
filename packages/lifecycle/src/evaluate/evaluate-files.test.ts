import { describe, expect, it } from 'vitest';
import { model, node, value } from '../../../../examples/penguins/models/penguins/onnx-writer.mjs';
import { evaluationWorld, thresholdModel } from '../testing/evaluation-world.ts';
import { type EvaluateFilesRequest, evaluateFiles } from './evaluate-files.ts';

const onnx = model({
  nodes: [node('Identity', ['features'], ['probabilities'])],
  inputs: [value('features', 'float32', ['N', 1])],
  outputs: [value('label', 'int64', ['N']), value('probabilities', 'float32', ['N', 2])],
});

function world() {
  const made = evaluationWorld({ 'model.onnx': thresholdModel() });
  made.write('model.onnx', onnx);
  made.writeTable('data.csv', {
    amount: [0.9, 0.2, 0.7, 0.1],
    label: [1, 0, 1, 1],
    y: [1, 0, 1, 0],
    kilos: [1.5, 2, 3, 4],
  });
  return { ...made, ports: { ...made.ports, files: made.ports.workspace } };
}

const table = { name: 'data.csv', source: { paths: ['/repository/data.csv'], format: 'csv' } } as const;
const common = { sensitive: [], slices: [], gates: [], seed: 1 };
const ofModel: EvaluateFilesRequest = {
  ...common,
  kind: 'model',
  model: 'model.onnx',
  data: table,
  target: 'label',
  features: ['amount'],
};
const ofPredictions: EvaluateFilesRequest = {
  ...common,
  kind: 'predictions',
  predictions: table,
  target: 'label',
  columns: { prediction: 'y' },
};

describe('evaluateFiles', () => {
  it('scores an ONNX file on a table', async () => {
    expect(await evaluateFiles(ofModel, world().ports)).toMatchObject({
      outcome: 'pass',
      task: 'binary',
      rows: 4,
      metrics: { accuracy: 0.75 },
      model: { format: 'onnx' },
    });
  });

  it('only predicts where no target is named, and says so', async () => {
    const made = world();
    const document = await evaluateFiles({ ...ofModel, target: undefined, predictionsOut: 'out.csv' }, made.ports);
    expect(document).toMatchObject({ rows: 4, metrics: {}, notes: { metrics: expect.stringMatching(/no target/) } });
    const written = await made.ports.workspace.readText('out.csv');
    expect(written?.split('\r\n')[0]).toBe('prediction,score');
    expect(written?.split('\r\n')).toHaveLength(6);
  });

  it('scores predictions that somebody made', async () => {
    expect(await evaluateFiles(ofPredictions, world().ports)).toMatchObject({
      task: 'binary',
      metrics: { accuracy: 0.75 },
    });
  });

  it('sees fractions as amounts and does not guess at whole numbers', async () => {
    const amounts = { ...ofPredictions, target: 'kilos', columns: { prediction: 'amount' } };
    expect((await evaluateFiles(amounts, world().ports)).task).toBe('regression');
    const made = world();
    made.writeTable('data.csv', { label: [1, 2, 3], y: [1, 2, 3] });
    await expect(evaluateFiles(ofPredictions, made.ports)).rejects.toMatchObject({
      problems: [{ code: 'task-unknown' }],
    });
  });

  it('judges gates, also against a baseline', async () => {
    const made = world();
    const first = await evaluateFiles(ofPredictions, made.ports);
    made.write('evaluation.json', JSON.stringify({ ...first, metrics: { accuracy: 0.9 } }));
    const gated = (gates: readonly string[]) =>
      evaluateFiles({ ...ofPredictions, gates, baseline: 'evaluation.json' }, made.ports);
    expect((await gated(['metrics.accuracy > 0.7'])).outcome).toBe('pass');
    expect((await gated(['metrics.accuracy >= baseline.metrics.accuracy'])).outcome).toBe('fail');
  });

  it('refuses a baseline that is no evaluation, and a model that is not ONNX', async () => {
    const made = world();
    for (const text of ['{', '{}', 'null']) {
      made.write('evaluation.json', text);
      const asked = evaluateFiles({ ...ofPredictions, baseline: 'evaluation.json' }, made.ports);
      await expect(asked).rejects.toMatchObject({ problems: [{ code: 'baseline-unreadable' }] });
    }
    made.write('model.onnx', 'tree');
    await expect(evaluateFiles(ofModel, made.ports)).rejects.toMatchObject({
      problems: [{ code: 'evaluate-run-missing' }],
    });
  });
});
