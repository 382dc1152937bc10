import type { LoadedModel, ModelRunner, ProblemError, Tensor } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** The models that the laws speak of; each adapter says where it has them. */
export interface OpenModels {
  readonly runner: ModelRunner;
  readonly path: (name: ModelName) => string;
}

/**
 * softmax: `features` float32 [N, 2] -> `label` string [N], `probabilities` float32 [N, 3]; identity weights.
 * echo: `number` int64 [N], `text` string [N], `flag` bool [N] -> the same under `number_out`, `text_out`, `flag_out`.
 * zipmap: `features` -> `maps`, a sequence of maps. damaged: bytes of half a model. absent: no file.
 */
export type ModelName = 'softmax' | 'echo' | 'zipmap' | 'damaged' | 'absent';

export const labels = ['adelie', 'chinstrap', 'gentoo'];

const twoRows: Tensor = { type: 'float32', shape: [2, 2], data: [0, 3, 2, -1] };

async function codeOf(attempt: Promise<unknown>): Promise<string | undefined> {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown as ProblemError,
  );
  expect(error?.problems?.[0]?.remedy).toBeTruthy();
  return error?.problems?.[0]?.code;
}

/** The laws that every ModelRunner keeps. */
export function modelRunnerContract(name: string, open: () => Promise<OpenModels>) {
  const holds = (title: string, check: (models: OpenModels) => Promise<void>) =>
    it(title, async () => check(await open()));
  const withModel = async (models: OpenModels, name: ModelName, use: (model: LoadedModel) => Promise<void>) => {
    const model = await models.runner.load(models.path(name));
    await use(model).finally(() => model.close());
  };

  describe(`${name} is a ModelRunner`, () => {
    holds('tells names, types and shapes, with null for a free dimension', async (models) =>
      withModel(models, 'softmax', async ({ inputs, outputs }) => {
        expect(inputs).toEqual([{ name: 'features', type: 'float32', shape: [null, 2] }]);
        expect(outputs).toEqual([
          { name: 'label', type: 'string', shape: [null] },
          { name: 'probabilities', type: 'float32', shape: [null, 3] },
        ]);
      }),
    );
    holds('gives one row of outputs a row of inputs, in order', async (models) =>
      withModel(models, 'softmax', async (model) => {
        const { label, probabilities } = await model.run({ features: twoRows });
        expect(label).toEqual({ type: 'string', shape: [2], data: ['chinstrap', 'adelie'] });
        expect(probabilities?.shape).toEqual([2, 3]);
        const sum = Array.from(probabilities!.data, Number).reduce((a, b) => a + b, 0);
        expect(sum).toBeCloseTo(2, 5);
      }),
    );
    holds('gives the same numbers each time', async (models) =>
      withModel(models, 'softmax', async (model) => {
        const first = await model.run({ features: twoRows });
        expect(await model.run({ features: twoRows })).toEqual(first);
      }),
    );
    holds('hands on 64-bit integers, texts and truth values without loss', async (models) =>
      withModel(models, 'echo', async (model) => {
        const inputs: Record<string, Tensor> = {
          number: { type: 'int64', shape: [2], data: [9_007_199_254_740_993n, -1n] },
          text: { type: 'string', shape: [2], data: ['Ä\u0000ö', ''] },
          flag: { type: 'bool', shape: [2], data: [true, false] },
        };
        const outputs = await model.run(inputs);
        expect(outputs.number_out).toEqual(inputs.number);
        expect(outputs.flag_out).toEqual(inputs.flag);
        expect(outputs.text_out?.data.length).toBe(2);
      }),
    );
    holds('refuses maps with the exporter option that avoids them', async (models) =>
      withModel(models, 'zipmap', async (model) => {
        const answer = model.run({ features: twoRows });
        await expect(answer).rejects.toMatchObject({
          problems: [{ code: 'unsupported-output', remedy: expect.stringContaining("options={'zipmap': False}") }],
        });
      }),
    );
    holds('refuses tensors of another name, type or shape', async (models) =>
      withModel(models, 'softmax', async (model) => {
        const wrong: Record<string, Tensor>[] = [
          {},
          { other: twoRows },
          { features: { type: 'int64', shape: [1, 2], data: [1n, 2n] } },
          { features: { type: 'float32', shape: [1, 3], data: [1, 2, 3] } },
          { features: { type: 'float32', shape: [2, 2], data: [1, 2, 3] } },
        ];
        for (const inputs of wrong) expect(await codeOf(model.run(inputs))).toBe('model-run-failed');
      }),
    );
    holds('does not load half a model, nor none', async ({ runner, path }) => {
      expect(await codeOf(runner.load(path('damaged')))).toBe('model-unreadable');
      expect(await codeOf(runner.load(path('absent')))).toMatch(/^model-(missing|unreadable)$/);
    });
  });
}
