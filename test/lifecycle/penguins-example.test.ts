import { execFile } from 'node:child_process';
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { onnxModelRunner } from '@model-gitops/inference';
import { readOnnx, scanModel, signatureOf } from '@model-gitops/model-files';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const run = promisify(execFile);
const require = createRequire(import.meta.url);
const example = new URL('../../examples/penguins', import.meta.url).pathname;
const features = ['bill_length_mm', 'bill_depth_mm', 'flipper_length_mm', 'body_mass_g', 'bill_ratio'];
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'penguins-'));
  await cp(example, folder, { recursive: true });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const split = (seed: number) => run(process.execPath, ['split.mjs', '--seed', String(seed)], { cwd: folder });
const text = (path: string) => readFile(join(folder, path), 'utf8');

/** What features.sql makes of a table; the query itself is tested where DuckDB runs it. */
async function featuresOf(path: string): Promise<Record<string, string>[]> {
  const [header = '', ...lines] = (await text(path)).trim().split('\n');
  const rows = lines.map((line) =>
    Object.fromEntries(line.split(',').map((cell, at) => [header.split(',')[at], cell])),
  );
  return rows
    .filter((row) => row.bill_length_mm !== '' && row.sex !== '')
    .map((row) => ({ ...row, bill_ratio: String(Number(row.bill_length_mm) / Number(row.bill_depth_mm)) }));
}

async function train(seed: number): Promise<Uint8Array> {
  const rows = await featuresOf('data/train.csv');
  const columns = ['species', ...features];
  const lines = rows.map((row) => columns.map((column) => row[column]).join(','));
  const path = join(folder, 'features.csv');
  await writeFile(path, `${[columns.join(','), ...lines].join('\n')}\n`);
  const parameters = JSON.stringify({ epochs: 400, 'learning-rate': 0.5, l2: 0.001 });
  await run(process.execPath, ['train.mjs'], {
    cwd: join(folder, 'models/penguins'),
    env: {
      PATH: process.env.PATH,
      MODEL_GITOPS_TRAIN: path,
      MODEL_GITOPS_SEED: String(seed),
      MODEL_GITOPS_PARAMETERS: parameters,
    },
  });
  return readFile(join(folder, 'models/penguins/model.onnx'));
}

async function accuracy(): Promise<number> {
  const rows = await featuresOf('data/test.csv');
  const model = await onnxModelRunner({ loadEngine: async (name) => require(name) }).load(
    join(folder, 'models/penguins/model.onnx'),
  );
  const data = Float32Array.from(rows.flatMap((row) => features.map((name) => Number(row[name]))));
  const { label } = await model.run({ features: { type: 'float32', shape: [rows.length, features.length], data } });
  await model.close();
  return rows.filter((row, index) => row.species === label?.data[index]).length / rows.length;
}

describe('the penguins example', () => {
  it('ships the split that its script makes with the default seed', async () => {
    const shipped = [await text('data/train.csv'), await text('data/test.csv')];
    await split(1);
    expect([await text('data/train.csv'), await text('data/test.csv')]).toEqual(shipped);
  });

  it('splits all penguins, each once, otherwise with another seed', async () => {
    const first = await text('data/test.csv');
    await split(2);
    expect(await text('data/test.csv')).not.toBe(first);
    const ids = `${await text('data/train.csv')}${await text('data/test.csv')}`.match(/^P\d{3}(?=,)/gm);
    expect(new Set(ids).size).toBe(344);
    expect(ids).toHaveLength(344);
  });

  it('trains the same bytes from the same seed, and others from another', async () => {
    await split(1);
    const first = await train(7);
    expect(await train(7)).toEqual(first);
    expect(await train(8)).not.toEqual(first);
  });

  it.each([1, 2, 3])('is right for more than nine of ten penguins that it never saw (split %i)', async (seed) => {
    await split(seed);
    await train(7);
    expect(await accuracy()).toBeGreaterThan(0.9);
  });

  it('writes a safe model with the signature that its training script promises', async () => {
    const bytes = await readFile(join(folder, 'models/penguins/model.onnx'));
    expect(scanModel({ path: 'model.onnx', sha256: '', bytes }).verdict).toBe('safe');
    const read = readOnnx(bytes);
    expect(read.ok && signatureOf(read.value)).toEqual({
      inputs: [{ name: 'features', type: 'float32', shape: [null, 5] }],
      outputs: [
        { name: 'label', type: 'string', shape: [null] },
        { name: 'probabilities', type: 'float32', shape: [null, 3] },
      ],
    });
  });

  it('says what is missing when it is run by itself', async () => {
    const alone = run(process.execPath, ['train.mjs'], {
      cwd: join(folder, 'models/penguins'),
      env: { PATH: process.env.PATH },
    });
    await expect(alone).rejects.toMatchObject({
      stderr: expect.stringContaining('MODEL_GITOPS_PARAMETERS is not set'),
    });
  });
});
