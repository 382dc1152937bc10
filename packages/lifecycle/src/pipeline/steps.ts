import type { ModelConfig } from '../config/types.ts';
import type { DataDocument, EvaluateDocument, FeaturesDocument, TrainDocument } from '../documents.ts';
import { evaluateModel } from '../evaluate/evaluate-model.ts';
import { engineerFeatures } from '../features/index.ts';
import { clearHandover, readHandover, writeHandover } from '../handover.ts';
import { ProblemError } from '../problem.ts';
import { type RunLedger, runLedger } from '../registry/index.ts';
import { trainModel } from '../train/index.ts';
import { validateData } from '../validate/index.ts';
import { type Champions, readChampions } from './champions.ts';
import type { Checkout } from './checkout.ts';

/** Each step reads what the step before left, does its work and leaves its own document for the next. */

export interface ValidateOptions {
  readonly resultFormat: 'BOOLEAN_ONLY' | 'BASIC' | 'SUMMARY' | 'COMPLETE';
  readonly failOn: 'critical' | 'warning' | 'info';
}

export async function validateStep(
  config: ModelConfig,
  options: ValidateOptions,
  checkout: Checkout,
): Promise<DataDocument> {
  await clearHandover(checkout.workspace, config.name, 'data');
  const document = await validateData({ config, ...options }, checkout);
  await writeHandover(checkout.workspace, config.name, 'data', document);
  return document;
}

export async function featuresStep(
  config: ModelConfig,
  options: { readonly reuse: 'auto' | 'never' },
  checkout: Checkout,
): Promise<FeaturesDocument> {
  const document = await engineerFeatures({ config, ...options }, checkout);
  await writeHandover(checkout.workspace, config.name, 'features', document);
  return document;
}

/** Where runs are recorded; the reason where they cannot be. */
async function openRuns(checkout: Checkout): Promise<{ runs: RunLedger | null; because: string | null }> {
  try {
    const writer = await checkout.openWriter();
    return { runs: runLedger(writer), because: null };
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    return { runs: null, because: thrown.message };
  }
}

export interface TrainOptions {
  /** Over the model's own `train.reuse`. */
  readonly reuse: 'auto' | 'never' | null;
  /** Over the model's own `train.seed`. */
  readonly seed: number | null;
}

export async function trainStep(
  config: ModelConfig,
  { reuse, seed }: TrainOptions,
  checkout: Checkout,
): Promise<TrainDocument> {
  const { workspace, head, workflowRun } = checkout;
  const features = await readHandover(workspace, config.name, 'features');
  const { runs, because } = await openRuns(checkout);
  const commit = { head: head.commit, dirty: await checkout.readDirty() };
  const request = {
    config,
    reuse: reuse ?? config.train?.reuse ?? 'auto',
    seed,
    commit,
    workflowRun,
    features,
  } as const;
  await clearHandover(workspace, config.name, 'run');
  const document = await trainModel(request, { ...checkout, runs });
  const told = document.recorded || because === null ? document : { ...document, notRecordedBecause: because };
  await writeHandover(workspace, config.name, 'run', told);
  return told;
}

async function championsFor(config: ModelConfig, checkout: Checkout): Promise<Champions> {
  if (checkout.head.commit === null) return {};
  const { reader } = await checkout.openReader();
  return readChampions(reader, config.name);
}

export async function evaluateStep(
  config: ModelConfig,
  { seed }: { readonly seed: number },
  checkout: Checkout,
): Promise<EvaluateDocument> {
  await clearHandover(checkout.workspace, config.name, 'evaluation');
  const champions = await championsFor(config, checkout);
  const document = await evaluateModel({ config, champions, seed }, checkout);
  await writeHandover(checkout.workspace, config.name, 'evaluation', document);
  return document;
}
