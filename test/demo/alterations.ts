import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

/** Changes to inputs of the story: what Anna changes, what `--break` spoils, and what the worse model and the broken table of its end are. */

async function rewrite(path: string, change: (lines: readonly string[]) => readonly string[]): Promise<void> {
  const lines = (await readFile(path, 'utf8')).trimEnd().split('\n');
  await writeFile(path, `${change(lines).join('\n')}\n`);
}

/** Every row gets the species of a row far away: the labels mean nothing, their counts stay. */
export async function shuffleLabels(checkout: string): Promise<void> {
  await rewrite(join(checkout, 'data/train.csv'), ([header = '', ...rows]) => {
    const column = header.split(',').indexOf('species');
    const cells = rows.map((row) => row.split(','));
    const species = cells.map((row) => row[column] ?? '');
    const step = 101; // with no divisor in common with the number of rows, every row is taken once
    const size = gcd(step, species.length) === 1 ? step : step + 2;
    const moved = cells.map((row, index) => row.with(column, species[(index * size + 37) % species.length] ?? ''));
    return [header, ...moved.map((row) => row.join(','))];
  });
}

function gcd(a: number, b: number): number {
  return b === 0 ? a : gcd(b, a % b);
}

/** A penguin of 9 tonnes, one of no species, and one twice. */
export async function breakTable(checkout: string): Promise<void> {
  await rewrite(join(checkout, 'data/train.csv'), ([header = '', first = '', second = '', ...rows]) => {
    const names = header.split(',');
    const heavy = first.split(',').with(names.indexOf('body_mass_g'), '9000000');
    const unnamed = second.split(',').with(names.indexOf('species'), '');
    return [header, heavy.join(','), unnamed.join(','), ...rows, rows[0] ?? ''];
  });
}

/** One bit of every stored file flips. */
export async function damageAssets(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  for (const path of files) {
    const bytes = await readFile(path);
    bytes[bytes.length - 1] = (bytes.at(-1) ?? 0) ^ 1;
    await writeFile(path, bytes);
  }
}

async function replace(path: string, from: string | RegExp, to: string): Promise<void> {
  const text = await readFile(path, 'utf8');
  const changed = text.replace(from, to);
  if (changed === text) throw new Error(`${path} has no ${from}`);
  await writeFile(path, changed);
}

/** A further input of the model, made by SQL. */
export async function addFeature(checkout: string): Promise<void> {
  const folder = join(checkout, 'models/penguins');
  await replace(
    join(folder, 'features.sql'),
    'AS bill_ratio',
    'AS bill_ratio,\n  flipper_length_mm / body_mass_g AS flipper_ratio',
  );
  await replace(join(folder, 'model.yaml'), 'bill_ratio]', 'bill_ratio, flipper_ratio]');
  await replace(join(folder, 'train.mjs'), "'bill_ratio']", "'bill_ratio', 'flipper_ratio']");
}

export async function trainLonger(checkout: string): Promise<void> {
  await replace(join(checkout, 'models/penguins/model.yaml'), /epochs: \d+/, 'epochs: 500');
}
