import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openStore } from '@model-gitops/artifacts';
import { shellCommands, workspaceAt } from '@model-gitops/host';
import {
  engineerFeatures,
  type FeaturesDocument,
  type ModelConfig,
  readConfiguration,
  runLedger,
  trainModel,
} from '@model-gitops/lifecycle';
import { duckdbEngine } from '@model-gitops/tables';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RegistryWorld, registryWorld } from '../../packages/lifecycle/src/testing/registry-world.ts';

const example = fileURLToPath(new URL('../../examples/penguins', import.meta.url));
const require = createRequire(import.meta.url);
const model = 'models/penguins/model.onnx';

let root: string;
let config: ModelConfig;
let registry: RegistryWorld;

function ports() {
  return {
    workspace: workspaceAt(root),
    engine: duckdbEngine({ loadEngine: async (name) => require(name) }),
    commands: shellCommands({ repositoryRoot: root, environment: process.env }),
  };
}

function train(features: FeaturesDocument, reuse: 'auto' | 'never') {
  const store = openStore('dir:.model-gitops/artifacts', { repositoryRoot: root });
  const commit = { head: registry.head, dirty: [] };
  const request = { config, reuse, seed: null, commit, workflowRun: null, features };
  return trainModel(request, { ...ports(), store, runs: runLedger(registry) });
}

beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'model-gitops-'));
  await cp(example, root, { recursive: true });
  const { models } = await readConfiguration({ allowNone: false }, workspaceAt(root));
  config = models[0]!;
  registry = await registryWorld();
});
afterEach(() => rm(root, { recursive: true, force: true }));

describe('the penguins on a real disk', () => {
  it.each(['csv', 'parquet'] as const)('become the same bytes of features each time, as %s', async (format) => {
    const wanted = { ...config, features: { ...config.features, format } };
    const first = await engineerFeatures({ config: wanted, reuse: 'never' }, ports());
    const second = await engineerFeatures({ config: wanted, reuse: 'never' }, ports());
    expect(second).toEqual(first);
    expect(first.outputs.map(({ path }) => path)).toEqual([
      `.model-gitops/penguins/features/train.${format}`,
      `.model-gitops/penguins/features/test.${format}`,
    ]);
  });

  it('are trained once, and the bytes come back from the store', async () => {
    const features = await engineerFeatures({ config, reuse: 'auto' }, ports());
    const first = await train(features, 'auto');
    expect(first).toMatchObject({ outcome: 'pass', reused: false, recorded: true, notRecordedBecause: null });
    expect(first.run).toMatchObject({ environment: { runtime: `node ${process.version}` }, code: { files: 4 } });
    const bytes = await readFile(join(root, model));
    await rm(join(root, model));
    expect(await train(features, 'auto')).toMatchObject({ outcome: 'pass', reused: true, run: first.run });
    expect(await readFile(join(root, model))).toEqual(bytes);
    expect((await train(features, 'never')).run?.artifacts).toEqual(first.run?.artifacts);
  });

  it('name the SQL file that a query fails in', async () => {
    const file = 'models/penguins/features.sql';
    await writeFile(join(root, file), 'SELECT speces FROM input\n');
    await expect(engineerFeatures({ config, reuse: 'auto' }, ports())).rejects.toMatchObject({
      problems: [{ code: 'sql-failed', message: expect.stringContaining('speces'), file }],
    });
  });
});
