import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { afterAll, describe, expect, it } from 'vitest';
import { tableArgument } from './table-source.ts';

const folder = mkdtempSync(join(tmpdir(), 'table-source-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
mkdirSync(join(folder, 'year=2026'));
for (const name of ['b.csv', 'a.csv', 'year=2026/c.csv', 'notes.md']) writeFileSync(join(folder, name), 'x\n1\n');

const nothing = Readable.from([]);
const names = async (path: string) =>
  (await tableArgument(join(folder, path), { input: nothing })).source.paths.map((one) => basename(one));

describe('tableArgument', () => {
  it('is one file, a folder with all tables in it, or a glob; sorted', async () => {
    expect(await names('a.csv')).toEqual(['a.csv']);
    expect(await names('.')).toEqual(['a.csv', 'b.csv', 'c.csv']);
    expect(await names('*.csv')).toEqual(['a.csv', 'b.csv']);
    expect(await names('year=*/*.csv')).toEqual(['c.csv']);
  });

  it.each([
    ['gone.csv', 'data-missing'],
    ['*.parquet', 'data-missing'],
    ['notes.md', 'data-format'],
  ])('refuses %s as %s', async (path, code) => {
    await expect(names(path)).rejects.toMatchObject({ problems: [{ code }] });
  });

  it('refuses addresses', async () => {
    const asked = tableArgument('s3://bucket/a.csv', { input: nothing });
    await expect(asked).rejects.toMatchObject({ problems: [{ code: 'data-remote' }] });
  });

  it.each([
    ['a,b\n1,2\n', 'csv'],
    ['{"a": 1}\n', 'jsonl'],
    ['\ufeff{"a": 1}\n', 'jsonl'],
    ['PAR1\u0000', 'parquet'],
    ['', 'csv'],
  ])('knows %j on standard input as %s', async (text, format) => {
    const { name, source } = await tableArgument('-', { input: Readable.from([text]) });
    expect([name, source.format]).toEqual(['standard input', format]);
  });
});
