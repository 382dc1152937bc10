import { z } from 'zod';

/**
 * What people write, as one schema: types, errors and the JSON Schema for editors come from it. So that it can be
 * converted it holds no `refine` and no `transform`; what keys demand of each other is judged in judge-keys.ts.
 * Nothing is required but what no `defaults:` could give.
 */

const text = z.string().regex(/\S/, 'This should not be empty');
const names = z.array(text);
const path = (description: string) => text.meta({ description: `${description} Relative to this file; a leading / is the root of the repository.` }); // biome-ignore format: one line
const paths = (description: string) => z.array(text).meta({ description: `${description} Relative to this file.` });

/** `24h`: seconds, minutes, hours or days. */
export const durationPattern = /^(\d{1,6})([smhd])$/;

const Data = z.strictObject({
  train: path('Table to train on: a file, a folder or a glob.').exactOptional(),
  test: path('Table that the model is evaluated on, and never trained on.').exactOptional(),
  expect: path('Great Expectations suite that the tables must meet.').exactOptional(),
  'parse-dates': names.meta({ description: 'Columns of text that hold dates.' }).exactOptional(),
});

const Features = z.strictObject({
  sql: path('SQL file with one SELECT over the table "input".').exactOptional(),
  run: text.meta({ description: 'A command that makes the features instead.' }).exactOptional(),
  format: z.enum(['parquet', 'csv']).meta({ description: 'Of the features, default parquet.' }).exactOptional(),
  target: text.meta({ description: 'Column that the model predicts.' }).exactOptional(),
  sensitive: names.meta({ description: 'Columns of groups that are compared for fairness.' }).exactOptional(),
  columns: names.meta({ description: 'Inputs of the model, in order.' }).exactOptional(),
});

const Parameter = z.union([z.string(), z.number(), z.boolean()]);

const Train = z.strictObject({
  run: text.meta({ description: 'Command that trains, run in the folder of this file.' }).exactOptional(),
  reuse: z
    .enum(['auto', 'never'])
    .meta({ description: 'auto (default): equal code, locks, parameters, data and features reuse the bytes.' })
    .exactOptional(),
  code: paths('Globs of files that make another model when they change; default every source file.').exactOptional(),
  locks: paths('Lock files of the environment.').exactOptional(),
  parameters: z.record(text, Parameter).meta({ description: 'Handed to the command as JSON.' }).exactOptional(),
  seed: z.int().min(0).meta({ description: 'Handed to the command.' }).exactOptional(),
  outputs: z
    .strictObject({
      model: path('Model file that the command writes.').exactOptional(),
      metrics: path('JSON file of figures that the command writes.').exactOptional(),
    })
    .exactOptional(),
});

const Evaluate = z.strictObject({
  run: text.meta({ description: 'Command that writes predictions, for models that are not ONNX.' }).exactOptional(),
  predictions: z
    .strictObject({
      file: path('Table that the command writes, one row a test row.').exactOptional(),
      prediction: text.meta({ description: 'Column of the predicted value.' }).exactOptional(),
      score: text.meta({ description: 'Column of the score of the positive label.' }).exactOptional(),
      scores: names.meta({ description: 'Columns of scores, one a label, labels sorted.' }).exactOptional(),
    })
    .exactOptional(),
  task: z.enum(['binary', 'multiclass', 'regression']).exactOptional(),
  positive: Parameter.meta({ description: 'Positive label, default the last when sorted.' }).exactOptional(),
  slices: names.meta({ description: 'Columns by whose values the metrics are shown.' }).exactOptional(),
});

const Gate = z.union([
  text.meta({ description: 'A condition in CEL, e.g. metrics.accuracy > 0.9' }),
  z.strictObject({
    if: text.meta({ description: 'A condition in CEL, e.g. metrics.accuracy > 0.9' }),
    level: z.enum(['error', 'warn']).meta({ description: 'warn gates are shown and never block.' }).exactOptional(),
  }),
]);

const Environment = z.strictObject({
  approval: z
    .enum(['none', 'pull-request'])
    .meta({ description: 'Who decides: the gates alone, or people who merge (default).' })
    .exactOptional(),
  after: text.meta({ description: 'Environment that must want the version before.' }).exactOptional(),
  soak: z
    .string()
    .regex(durationPattern, 'This should be a time such as 90s, 30m, 24h or 7d')
    .meta({ description: 'How long it must have been there, e.g. 24h.' })
    .exactOptional(),
});

/** A model.yaml, and under `defaults:` what all of them say. */
export const ModelFile = z.strictObject({
  name: z
    .string()
    .regex(/^[a-z0-9][a-z0-9_-]{0,63}$/, 'This is no model name')
    .meta({ description: 'Lower-case letters, digits, "-" and "_", at most 64.' })
    .exactOptional(),
  owner: text.meta({ description: 'Who answers for the model, e.g. "@acme/risk-ml".' }).exactOptional(),
  description: text.meta({ description: 'What the model does, in a sentence.' }).exactOptional(),
  'intended-use': text.meta({ description: 'What it is for, and what not.' }).exactOptional(),
  license: text.meta({ description: 'SPDX name, e.g. Apache-2.0.' }).exactOptional(),
  tags: names.exactOptional(),
  data: Data.exactOptional(),
  features: Features.exactOptional(),
  train: Train.exactOptional(),
  model: path('A model file that exists, instead of train.').exactOptional(),
  evaluate: Evaluate.exactOptional(),
  gates: z.array(Gate).meta({ description: 'What a version must meet to be registered and promoted.' }).exactOptional(),
  environments: z
    .record(z.string().regex(/^[a-z][a-z0-9_-]{0,63}$/, 'This is no environment name'), Environment)
    .meta({ description: 'Where versions go; default development, staging, production.' })
    .exactOptional(),
});
export type ModelFile = z.infer<typeof ModelFile>;

/** `.github/model-gitops.yml`. */
export const RepositoryFile = z.strictObject({
  models: names
    .min(1)
    .meta({ description: 'Globs of model files from the root, default models/*/model.yaml.' })
    .exactOptional(),
  registry: text.meta({ description: 'Folder of the pointers from the root, default registry.' }).exactOptional(),
  store: z
    .string()
    .regex(/^(release$|dir:.*\S)/, 'This should be release or dir:<folder>; other stores are not there yet')
    .meta({
      description:
        'Where the bytes of models are kept: release (the releases of the repository; the default on GitHub), or dir:<folder> from the root.',
    })
    .exactOptional(),
  defaults: ModelFile.omit({ name: true })
    .meta({ description: 'Merged under every model.yaml; paths are relative to this file.' })
    .exactOptional(),
});
export type RepositoryFile = z.infer<typeof RepositoryFile>;

/** JSON Schema 2020-12 of model.yaml. */
export function configurationSchema(): object {
  return {
    title: 'model.yaml of model-gitops',
    ...z.toJSONSchema(ModelFile.required({ name: true }), { io: 'input' }),
  };
}

/** JSON Schema 2020-12 of `.github/model-gitops.yml`. */
export function repositorySchema(): object {
  return { title: '.github/model-gitops.yml of model-gitops', ...z.toJSONSchema(RepositoryFile, { io: 'input' }) };
}
