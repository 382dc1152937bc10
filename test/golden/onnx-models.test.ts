import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onnxModelRunner } from '@model-gitops/inference';
import type { LoadedModel, Tensor, TensorType } from '@model-gitops/lifecycle';
import { type OnnxValue, readOnnx, scanModel } from '@model-gitops/model-files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import golden from './onnx-models/sklearn.json' with { type: 'json' };

const require = createRequire(import.meta.url);
const runner = onnxModelRunner({ loadEngine: async (name) => require(name) });
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'onnx-models-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

interface GoldenTensor {
  readonly type: string;
  readonly shape: readonly number[];
  readonly data: readonly (string | number)[];
}

function tensorOf({ type, shape, data }: GoldenTensor): Tensor {
  const values = type === 'int64' ? data.map((value) => BigInt(value)) : data;
  return { type: type as TensorType, shape, data: values as Tensor['data'] };
}

const tensorsOf = (golden: object) =>
  Object.fromEntries(Object.entries(golden).map(([name, value]) => [name, tensorOf(value as GoldenTensor)]));

/** As the golden file names types: onnx's own names, and null for a free dimension. */
function described({ name, kind, type, shape }: OnnxValue) {
  if (kind !== 'tensor') return { name, kind };
  const names: Record<string, string> = { float32: 'FLOAT', int64: 'INT64', string: 'STRING' };
  return { name, kind, type: names[type ?? ''], shape: shape?.map((size) => (typeof size === 'number' ? size : null)) };
}

async function withModel(file: Uint8Array, use: (model: LoadedModel) => Promise<void>) {
  const path = join(folder, 'model.onnx');
  await writeFile(path, file);
  const model = await runner.load(path);
  await use(model).finally(() => model.close());
}

function expectAnswers(answers: Readonly<Record<string, Tensor>>, expected: object): void {
  for (const [name, wanted] of Object.entries(tensorsOf(expected))) {
    const { type, shape, data } = answers[name]!;
    expect({ name, type, shape }).toEqual({ name, type: wanted.type, shape: wanted.shape });
    if (type !== 'float32') expect([...data]).toEqual([...wanted.data]);
    const distances =
      type === 'float32' ? [...data].map((value, at) => Math.abs(Number(value) - Number(wanted.data[at]))) : [];
    expect(Math.max(0, ...distances)).toBeLessThan(1e-5);
  }
}

describe.each(golden.cases)('$name', (one) => {
  const file = new Uint8Array(Buffer.from(one.file, 'base64'));

  it('is read as the onnx package reads it', () => {
    const read = readOnnx(file);
    if (!read.ok) throw new Error(read.problem.message);
    const { irVersion, operatorSets, operators, inputs, outputs } = read.value;
    expect(irVersion).toBe(one.irVersion);
    expect([...operatorSets].sort((a, b) => (a.domain < b.domain ? -1 : 1))).toEqual(one.operatorSets);
    expect(operators.map(({ domain, type }) => `${domain}::${type}`).sort()).toEqual(one.operators);
    expect(inputs.map(described)).toEqual(one.inputs);
    expect(outputs.map(described)).toEqual(one.outputs);
    expect(scanModel({ path: 'model.onnx', sha256: '', bytes: file }).verdict).toBe('safe');
  });

  it('answers as onnxruntime in Python does, or is refused with the option that avoids ZipMap', async () =>
    withModel(file, async (model) => {
      const answers = model.run(tensorsOf(one.feeds));
      if (one.answers !== null) return expectAnswers(await answers, one.answers);
      await expect(answers).rejects.toMatchObject({
        problems: [{ code: 'unsupported-output', message: expect.stringContaining('output_probability') }],
      });
    }));
});
