import { readConfiguration } from '../config/index.ts';
import type { ModelConfig } from '../config/types.ts';
import { ProblemError } from '../problem.ts';
import type { Checkout } from './checkout.ts';
import { pipelineProblems } from './problems.ts';

/** The models that were asked for, and a checkout that knows which files are written by steps and not by people. */
export interface Selection {
  readonly models: readonly ModelConfig[];
  readonly checkout: Checkout;
}

function outputsOf(models: readonly ModelConfig[]): ReadonlySet<string> {
  return new Set(
    models
      .flatMap(({ train, evaluate }) => [train?.outputs.model, train?.outputs.metrics, evaluate.predictions?.file])
      .filter((path) => path !== undefined),
  );
}

/** What steps write makes no working tree dirty: only what people changed does. */
function withoutOutputs(checkout: Checkout, models: readonly ModelConfig[]): Checkout {
  const outputs = outputsOf(models);
  const isOurs = (path: string) => path.startsWith('.model-gitops/') || outputs.has(path);
  return { ...checkout, readDirty: async () => (await checkout.readDirty()).filter((path) => !isOurs(path)) };
}

/** The models that names choose; `all` or no name is every one. Problems: `no-models`, `model-unknown`, and those of configuration. */
export async function selectModels(names: readonly string[], checkout: Checkout): Promise<Selection> {
  const { models } = await readConfiguration({ allowNone: true }, checkout.workspace);
  const isAll = names.length === 0 || names.includes('all');
  const known = models.map(({ name }) => name);
  const unknown = isAll ? [] : names.filter((name) => !known.includes(name));
  if (unknown.length > 0) throw new ProblemError(unknown.map((name) => pipelineProblems.unknownModel(name, known)));
  if (models.length === 0) throw new ProblemError(pipelineProblems.noModels(checkout.repository.models));
  return {
    models: isAll ? models : models.filter(({ name }) => names.includes(name)),
    checkout: withoutOutputs(checkout, models),
  };
}
