import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnxModelRunner } from '@model-gitops/inference';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  bytes,
  int,
  model,
  node,
  softmaxRegression,
  value,
} from '../../examples/penguins/models/penguins/onnx-writer.mjs';
import { labels, type ModelName, modelRunnerContract } from './model-runner.ts';

const require = createRequire(import.meta.url);
let folder = '';

const softmax = softmaxRegression({
  mean: [0, 0],
  deviation: [1, 1],
  weights: [
    [1, 0, -1],
    [0, 1, -1],
  ],
  bias: [0, 0, 0],
  labels,
});

const echo = model({
  nodes: ['number', 'text', 'flag'].map((name) => node('Identity', [name], [`${name}_out`])),
  inputs: [value('number', 'int64', ['N']), value('text', 'string', ['N']), value('flag', 'bool', ['N'])],
  outputs: [value('number_out', 'int64', ['N']), value('text_out', 'string', ['N']), value('flag_out', 'bool', ['N'])],
});

/** ValueInfoProto of sequence(map(int64, float32)), as skl2onnx declares ZipMap's output. */
const maps = [
  bytes(1, 'maps'),
  bytes(2, [bytes(4, [bytes(1, [bytes(5, [int(1, 7), bytes(2, [bytes(1, [int(1, 1)])])])])])]),
];

const zipmap = model({
  operatorSets: { '': 17, 'ai.onnx.ml': 3 },
  nodes: [node('ZipMap', ['features'], ['maps'], { classlabels_int64s: { ints: [0, 1] } }, 'ai.onnx.ml')],
  inputs: [value('features', 'float32', ['N', 2])],
  outputs: [maps],
});

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'model-runner-'));
  const files = { softmax, echo, zipmap, damaged: softmax.subarray(0, softmax.length / 2) };
  for (const [name, content] of Object.entries(files)) await writeFile(join(folder, `${name}.onnx`), content);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

modelRunnerContract('onnxruntime-node', async () => ({
  runner: onnxModelRunner({ loadEngine: async (name) => require(name) }),
  path: (name: ModelName) => join(folder, `${name}.onnx`),
}));

it('says what to install where the engine is not', async () => {
  const runner = onnxModelRunner({ loadEngine: () => Promise.reject(new Error('not found')) });
  await expect(runner.load('model.onnx')).rejects.toMatchObject({
    kind: 'could-not-run',
    problems: [{ code: 'engine-missing' }],
  });
});

it('names the file and not the folder of this machine', async () => {
  const runner = onnxModelRunner({ loadEngine: async (name) => require(name) });
  const error = await runner.load(join(folder, 'damaged.onnx')).catch((thrown: Error) => thrown);
  expect(String(error)).toContain('damaged.onnx');
  expect(String(error)).not.toContain(folder);
});
