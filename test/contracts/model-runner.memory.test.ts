import type { Tensor } from '@model-gitops/lifecycle';
import { type MemoryModel, memoryModelRunner } from '../../packages/lifecycle/src/testing/memory-model-runner.ts';
import { labels, modelRunnerContract } from './model-runner.ts';

const features = { name: 'features', type: 'float32', shape: [null, 2] } as const;

function softmaxRow(a: number, b: number): readonly number[] {
  const powers = [a, b, -a - b].map(Math.exp);
  const total = powers.reduce((sum, power) => sum + power, 0);
  return powers.map((power) => power / total);
}

function computeSoftmax({ features: given }: Readonly<Record<string, Tensor>>): Record<string, Tensor> {
  const data = given?.data as readonly number[];
  const rows = Array.from({ length: data.length / 2 }, (_, row) => softmaxRow(data[2 * row]!, data[2 * row + 1]!));
  const label = rows.map((row) => labels[row.indexOf(Math.max(...row))]!);
  return {
    label: { type: 'string', shape: [rows.length], data: label },
    probabilities: { type: 'float32', shape: [rows.length, 3], data: Float32Array.from(rows.flat()) },
  };
}

const softmax: MemoryModel = {
  inputs: [features],
  outputs: [
    { name: 'label', type: 'string', shape: [null] },
    { name: 'probabilities', type: 'float32', shape: [null, 3] },
  ],
  compute: computeSoftmax,
};

const echo: MemoryModel = {
  inputs: [
    { name: 'number', type: 'int64', shape: [null] },
    { name: 'text', type: 'string', shape: [null] },
    { name: 'flag', type: 'bool', shape: [null] },
  ],
  outputs: [],
  compute: (inputs) => Object.fromEntries(Object.entries(inputs).map(([name, tensor]) => [`${name}_out`, tensor])),
};

const zipmap: MemoryModel = {
  inputs: [features],
  outputs: [{ name: 'maps', type: null, shape: [] }],
  compute: () => ({}),
};

modelRunnerContract('memory', async () => ({
  runner: memoryModelRunner({ softmax, echo, zipmap }),
  path: (name) => name,
}));
