import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { problemCodes } from './cli-process.ts';
import { type CliWorld, createWorld, onnxFile, scratchFolders } from './cli-world.ts';

// Steps hand over by files that anybody may edit: what is registered must be what was evaluated, as it is now.

const penguins = fileURLToPath(new URL('../../examples/penguins', import.meta.url));
const scratch = scratchFolders();
const folder = '.model-gitops/penguins';
const file = 'models/penguins/model.yaml';
let world: CliWorld;

type Json = Record<string, unknown>;
const bytes = (path: string) => readFileSync(join(world.folder, path));
const text = (path: string) => bytes(path).toString('utf8');
const register = () => world.run('register', 'penguins', '--json');

/** Something else in some files, for as long as a test takes. */
async function withFiles(files: Readonly<Record<string, string | Uint8Array | null>>, test: () => Promise<void>) {
  const before = Object.keys(files).map((path) => [path, bytes(path)] as const);
  for (const [path, content] of Object.entries(files)) {
    if (content === null) rmSync(join(world.folder, path));
    else world.write(path, content);
  }
  try {
    await test();
  } finally {
    for (const [path, content] of before) world.write(path, content);
  }
}

function edited(name: string, edit: (document: Json) => unknown): Readonly<Record<string, string>> {
  const document = JSON.parse(text(`${folder}/${name}.json`)) as Json;
  return { [`${folder}/${name}.json`]: JSON.stringify(edit(document) ?? document) };
}

async function refuses(code: string): Promise<void> {
  const result = await register();
  expect({ code: result.code, codes: problemCodes(result) }).toEqual({ code: expect.any(Number), codes: [code] });
  expect([1, 2]).toContain(result.code);
  expect(world.git('ls-remote', 'origin')).not.toContain('refs/tags');
}

beforeAll(async () => {
  world = createWorld(scratch('hand-over'), penguins);
  for (const step of ['validate', 'features', 'train', 'evaluate']) {
    const { code, stderr } = await world.run(step, 'penguins');
    expect({ step, code, stderr: code === 0 ? '' : stderr }).toEqual({ step, code: 0, stderr: '' });
  }
}, 60_000);

describe('an evaluation that is not of what is here', () => {
  it.each<[string, (document: Json) => unknown]>([
    ['of another model', (document) => ({ ...document, modelName: 'gulls' })],
    ['of no model', ({ modelName: _, ...document }) => document],
    ['of no bytes', ({ model: _, ...document }) => document],
    ['of other bytes', (document) => ({ ...document, model: { ...(document.model as Json), sha256: '0'.repeat(64) } })],
    ['of no rows', ({ data: _, ...document }) => document],
    ['of other rows', (document) => ({ ...document, data: { ...(document.data as Json), sha256: '0'.repeat(64) } })],
  ])('%s is stale', (_, edit) => withFiles(edited('evaluation', edit), () => refuses('evaluation-stale')));

  it('is stale where model.yaml asks for other figures', () =>
    withFiles({ [file]: text(file).replace('sensitive: [sex]', 'sensitive: [island]') }, async () => {
      expect(problemCodes(await register())).toEqual(['evaluation-stale']);
    }));

  it.each([
    ['the test data', 'data/test.csv', 'features-stale'],
    ['the features', `${folder}/features/test.csv`, 'features-changed'],
    ['the query', 'models/penguins/features.sql', 'features-stale'],
    ['the training script', 'models/penguins/train.mjs', 'run-stale'],
  ])('is refused after %s changed', (_, path, code) => withFiles({ [path]: `${text(path)}\n` }, () => refuses(code)));

  it('is refused after the model was replaced, or is gone', async () => {
    const model = 'models/penguins/model.onnx';
    await withFiles({ [model]: onnxFile(3) }, () => refuses('model-changed'));
    await withFiles({ [model]: null }, () => refuses('model-missing'));
  });
});

describe('a document that is none', () => {
  it.each(['data', 'features', 'run', 'evaluation'])('%s.json, cut off, emptied or of another kind', async (name) => {
    const path = `${folder}/${name}.json`;
    const schema = (JSON.parse(text(path)) as Json).schema;
    for (const content of ['', '{', 'null', '[]', '{}', JSON.stringify({ schema }), text(path).slice(0, -20)])
      await withFiles({ [path]: content }, () => refuses('handover-unreadable'));
  });
});

describe('a document that was made to pass', () => {
  it('is judged by the gates of model.yaml, whatever it says of them', async () => {
    const worse = (document: Json) => ({
      ...document,
      metrics: { ...(document.metrics as Json), accuracy: 0.5 },
      outcome: 'pass',
      gates: [],
    });
    await withFiles(edited('evaluation', worse), async () => {
      const result = await register();
      expect(result.code).toBe(1);
      expect(result.json()).toMatchObject({ outcome: 'fail', created: false, version: null });
      expect(result.stdout).toContain('gate failed: metrics.accuracy > 0.9');
    });
    await withFiles(
      edited('evaluation', ({ fairness: _, ...document }) => document),
      async () => expect((await register()).code).toBe(1),
    );
  });

  it('stays inconclusive where evaluating was', () =>
    withFiles(
      edited('evaluation', (document) => ({ ...document, outcome: 'inconclusive' })),
      async () => {
        const result = await register();
        expect([result.code, result.json().outcome]).toEqual([1, 'inconclusive']);
      },
    ));

  it('shows a gate nothing of what validation said of other data', async () => {
    const asked = text(file).replace('gates:', 'gates:\n  - data.train.success_percent == 100');
    const stale = edited('data', (document) => ({
      ...document,
      datasets: (document.datasets as Json[]).map((dataset) => ({ ...dataset, sha256: '0'.repeat(64) })),
    }));
    await withFiles({ [file]: asked, ...stale }, async () => {
      const result = await register();
      expect(result.code).toBe(1);
      expect(result.stdout).toContain('gate failed: data.train.success_percent');
    });
  });
});

describe('a step that was refused', () => {
  it('leaves nothing of an earlier answer behind', async () => {
    await withFiles({ 'models/penguins/model.onnx': onnxFile(1) }, async () => {
      const refused = await world.run('evaluate', 'penguins', '--json');
      expect([refused.code, problemCodes(refused)]).toEqual([1, ['model-changed']]);
    });
    await refuses('not-evaluated');
    expect((await world.run('evaluate', 'penguins')).code).toBe(0);
  });
});

it('and what was not touched is registered', async () => {
  const result = await register();
  expect([result.code, result.json().version]).toEqual([0, '1.0.0']);
});
