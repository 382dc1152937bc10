import type { ModelState, VersionRecord } from '@model-gitops/registry';
import { readConfiguration } from '../config/index.ts';
import type { ModelConfig } from '../config/types.ts';
import type { GateResult } from '../documents.ts';
import { rootsOfEnvironments, rootsOfRecord } from '../evaluate/gate-facts.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import {
  archiveVersion,
  type ChangeRequest,
  type ChangesDocument,
  promoteModel,
  type RegistryReader,
  readRegistry,
  rollbackModel,
} from '../registry/index.ts';
import { championsOf } from './champions.ts';
import type { Checkout } from './checkout.ts';
import { filesOfCommit } from './default-branch-files.ts';

/** model.yaml as the default branch has it; null where it has none. What is decided there counts, not a working tree. */
async function decidedConfig(model: string, reader: RegistryReader): Promise<ModelConfig | null> {
  const { defaultHead } = await readRegistry(reader);
  if (defaultHead === null) return null;
  const { models } = await readConfiguration({ allowNone: true }, filesOfCommit(reader.git, defaultHead));
  return models.find(({ name }) => name === model) ?? null;
}

/** The gates of the default branch on the figures that the record kept. */
function gatesOn(config: ModelConfig | null) {
  return (record: VersionRecord, state: ModelState): readonly GateResult[] => {
    const environments = rootsOfEnvironments(config?.environments ?? [], championsOf(state));
    const gates = judgeGates(config?.gates ?? [], { current: rootsOfRecord(record), environments });
    return gates.filter(({ state: verdict }) => verdict !== 'not-applicable');
  };
}

export interface ChangeOptions {
  readonly model: string;
  readonly requestedBy: string | null;
  readonly dryRun: boolean;
}

async function openChange({ model, requestedBy, dryRun }: ChangeOptions, checkout: Checkout) {
  const writer = await checkout.openWriter();
  const config = await decidedConfig(model, writer);
  const { mergePlace, isLocal } = checkout;
  const request: ChangeRequest = { model, config, mergePlace, requestedBy, dryRun, local: isLocal };
  return { writer, config, request };
}

/** Proposes (or, where the policy says so, assigns) a version to an environment, judged by the gates of the default branch. */
export async function promoteStep(
  options: ChangeOptions & { readonly version: string; readonly environment: string },
  checkout: Checkout,
): Promise<ChangesDocument> {
  const { writer, config, request } = await openChange(options, checkout);
  const { version, environment } = options;
  return promoteModel({ ...request, version, environment, judgeGates: gatesOn(config) }, writer);
}

export async function rollbackStep(
  options: ChangeOptions & { readonly environment: string },
  checkout: Checkout,
): Promise<ChangesDocument> {
  const { writer, request } = await openChange(options, checkout);
  return rollbackModel({ ...request, environment: options.environment }, writer);
}

export async function archiveStep(
  options: ChangeOptions & { readonly version: string },
  checkout: Checkout,
): Promise<ChangesDocument> {
  const { writer, request } = await openChange(options, checkout);
  return archiveVersion({ ...request, version: options.version }, writer);
}
