import { digestOfValue } from '@model-gitops/registry';
import type { ModelConfig } from '../config/types.ts';
import type { DatasetFacts, FeaturesDocument } from '../documents.ts';
import { readHandover } from '../handover.ts';
import type { Workspace } from '../ports/index.ts';
import { checkColumns } from './check-columns.ts';
import { readDefinition } from './definition.ts';
import { findInputs } from './find-tables.ts';
import { describeTable, type FeaturePorts, makeFeatures, type Output, type Wanted } from './make-features.ts';

export interface FeaturesRequest {
  readonly config: ModelConfig;
  /** `never`: made again, whatever is there. */
  readonly reuse: 'auto' | 'never';
}

/** Everything that the outputs depend on. */
function cacheKey({ config, definition, inputs }: Wanted): string {
  return digestOfValue({
    definition: { kind: definition.kind, sha256: definition.sha256 },
    inputs: inputs.map(({ facts, source }) => ({ name: facts.name, sha256: facts.sha256, format: source.format })),
    format: config.features.format,
    parseDates: config.data.parseDates,
  });
}

async function areThere(workspace: Workspace, outputs: readonly Output[]): Promise<boolean> {
  for (const { path, sha256 } of outputs) if ((await workspace.measure(path))?.sha256 !== sha256) return false;
  return outputs.length > 0;
}

/** What an earlier run made of the same, if it is still there as it was written. */
async function findEarlier(
  { config, reuse }: FeaturesRequest,
  { key, definition }: Wanted & { readonly key: string },
  workspace: Workspace,
): Promise<FeaturesDocument | null> {
  const earlier = reuse === 'never' ? null : await readHandover(workspace, config.name, 'features');
  if (earlier === null || earlier.key !== key) return null;
  // data that is used as it is was measured just now, as an input
  return definition.kind === 'none' || (await areThere(workspace, earlier.outputs)) ? earlier : null;
}

async function countRows({ inputs, definition }: Wanted, outputs: readonly Output[], { engine }: FeaturePorts) {
  const counted: DatasetFacts[] = [];
  for (const { facts, source } of inputs) {
    const known = definition.kind === 'none' ? outputs.find(({ name }) => name === facts.name)?.rows : undefined;
    counted.push({ ...facts, rows: known ?? (await describeTable(engine, source)).rows });
  }
  return counted;
}

/**
 * Makes the tables that a model is trained and judged on: by one SELECT over the table `input`, once a table; by the
 * user's command; or, without either, the data as it is. The same inputs and definition are computed once.
 * Problems: those of `makeFeatures`, `readDefinition` and `findTable`, and `column-missing` with the line in model.yaml.
 */
export async function engineerFeatures(request: FeaturesRequest, ports: FeaturePorts): Promise<FeaturesDocument> {
  const { config } = request;
  const definition = await readDefinition(ports.workspace, config);
  const wanted: Wanted = { config, definition, inputs: await findInputs(ports.workspace, config) };
  const key = cacheKey(wanted);
  const earlier = await findEarlier(request, { ...wanted, key }, ports.workspace);
  const outputs = earlier?.outputs ?? (await makeFeatures(wanted, ports));
  checkColumns(config, outputs);
  const { kind, path, sha256 } = definition;
  return {
    schema: 'model-gitops/features/1',
    outcome: 'pass',
    model: config.name,
    definition: { kind, path, sha256 },
    inputs: earlier?.inputs ?? (await countRows(wanted, outputs, ports)),
    outputs,
    cached: earlier !== null,
    key,
  };
}
