import { z } from 'zod';

/** What later steps read of a document; what else is in it stays. Files on a disk are edited, cut off and of other releases. */

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'not 64 lower-case hex digits');
const figure = z.union([z.number(), z.enum(['NaN', 'Infinity', '-Infinity']), z.null()]);
const figures = z.record(z.string(), figure);
const outcome = z.enum(['pass', 'fail', 'inconclusive']);

const dataset = z.looseObject({
  name: z.string(),
  path: z.string(),
  sha256,
  size: z.number(),
  rows: z.number().optional(),
});

const artifact = z.looseObject({
  name: z.string(),
  kind: z.enum(['file', 'directory', 'reference']),
  format: z.string(),
  path: z.string(),
  sha256,
  size: z.number(),
});

const run = z.looseObject({
  id: z.string(),
  key: z.string(),
  command: z.string(),
  parameters: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])),
  seed: z.number().nullable(),
  metrics: figures,
  artifacts: z.array(artifact),
  environment: z.looseObject({
    runtime: z.string(),
    platform: z.string(),
    locks: z.array(z.looseObject({ path: z.string(), sha256 })),
  }),
  data: z.array(dataset),
  code: z.looseObject({ sha256 }),
  commit: z.string().nullable(),
  dirty: z.boolean(),
  workflowRun: z.string().nullable(),
});

const fairness = z.looseObject({ betweenGroups: figures.default({}), aif360: figures.default({}) });

const model = z.looseObject({
  sha256,
  inputs: z.array(z.unknown()).default([]),
  outputs: z.array(z.unknown()).default([]),
});

/** A gate that does not say how strict it is, blocks. */
const gate = z
  .looseObject({
    if: z.string(),
    passed: z.boolean(),
    state: z.enum(['passed', 'failed', 'not-applicable']).optional(),
    level: z.enum(['error', 'warn']).default('error'),
    reason: z.string().default(''),
  })
  .transform((judged) => ({ ...judged, state: judged.state ?? (judged.passed ? 'passed' : 'failed') }));

/** The evaluate document, whoever hands it in: a step, or somebody's own program by `register --evaluation`. */
export const evaluationShape = z.looseObject({
  schema: z.literal('model-gitops/evaluate/1'),
  outcome,
  rows: z.number().optional(),
  metrics: figures,
  fairness: z.record(z.string(), fairness).default({}),
  gates: z.array(gate),
  model: model.optional(),
  scan: z
    .looseObject({ verdict: z.enum(['safe', 'suspicious', 'dangerous', 'unscannable']), scannerVersion: z.string() })
    .optional(),
  performance: figures.optional(),
  reported: figures.optional(),
  data: dataset.optional(),
});

const column = z.looseObject({ name: z.string(), kind: z.string() });

export const handoverShapes = {
  data: z.looseObject({
    schema: z.literal('model-gitops/validate-data/1'),
    outcome,
    datasets: z.array(
      dataset.extend({
        validation: z.looseObject({ statistics: z.looseObject({ success_percent: z.number().nullable() }) }),
      }),
    ),
  }),
  features: z.looseObject({
    schema: z.literal('model-gitops/features/1'),
    definition: z.looseObject({
      kind: z.enum(['sql', 'command', 'none']),
      path: z.string().nullable(),
      sha256: sha256.nullable(),
    }),
    inputs: z.array(dataset),
    outputs: z.array(dataset.extend({ rows: z.number(), columns: z.array(column) })),
  }),
  run: z.looseObject({ schema: z.literal('model-gitops/train/1'), run: run.nullable() }),
  evaluation: evaluationShape,
} as const;
