import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Aggregate, Cell, TableSource } from '@model-gitops/lifecycle';
import fc from 'fast-check';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { duckdbEngine } from './duckdb-engine.ts';

const require = createRequire(import.meta.url);
const engine = duckdbEngine({ loadEngine: async (name) => require(name) });
let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-property-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Texts that no reader takes for something else: not empty, no number, no word for "missing". */
const word = fc
  .string({ unit: fc.constantFrom('a', 'Ä', '"', ',', '\n', "'", ' ', '\u{1f600}', 'x'), minLength: 1, maxLength: 4 })
  .map((text) => `~${text}`);
const rows = fc.array(
  fc.record({
    count: fc.option(fc.integer({ min: -5, max: 5 }), { nil: null }),
    size: fc.option(
      fc.double({ min: -1e6, max: 1e6, noNaN: true }).map((size) => size + 0),
      { nil: null },
    ),
    name: fc.option(word, { nil: null }),
  }),
  { minLength: 1, maxLength: 20 },
);
type Row = { readonly count: number | null; readonly size: number | null; readonly name: string | null };

const names = ['count', 'size', 'name'] as const;
/** A first row that says what each column holds, so that no file has a column without any value. */
const kinds: Row = { count: 1, size: 0.5, name: '~' };

function csvOf(table: readonly Row[]): string {
  const cell = (value: Cell) => (typeof value === 'string' ? `"${value.replaceAll('"', '""')}"` : (value ?? ''));
  return `${names.join(',')}\n${table.map((row) => `${names.map((name) => cell(row[name])).join(',')}\n`).join('')}`;
}

async function writeCsv(file: string, table: readonly Row[]): Promise<string> {
  await writeFile(join(folder, file), csvOf(table));
  return join(folder, file);
}

function writeParquet(file: string, table: readonly Row[]): string {
  const filename = join(folder, file);
  const types = { count: 'DOUBLE', size: 'DOUBLE', name: 'STRING' } as const;
  const columnData = names.map((name) => ({ name, type: types[name], data: table.map((row) => row[name]) }));
  parquetWriteFile({ filename, columnData });
  return filename;
}

const unexpected = (columns: readonly string[], condition: (Aggregate & { kind: 'unexpected' })['condition']) =>
  ({ kind: 'unexpected', columns, condition, ignore: 'any-missing', rows: 'all' }) as const;
const aggregates: readonly Aggregate[] = [
  { kind: 'rows' },
  ...names.flatMap((column) => [{ kind: 'missing', column } as const, { kind: 'distinct', column } as const]),
  ...names.flatMap((column) => [{ kind: 'least', column } as const, { kind: 'greatest', column } as const]),
  { kind: 'frequencies', column: 'count' },
  { kind: 'median', column: 'size' },
  unexpected(['count'], { kind: 'unique', columns: ['count'] }),
  unexpected(['count'], { kind: 'ordered', column: 'count', direction: 'up', strictly: false }),
  unexpected(['name'], {
    kind: 'length',
    column: 'name',
    bounds: { min: 3, max: 4, strictMin: false, strictMax: false },
  }),
  unexpected(['count', 'size'], { kind: 'compare', left: 'count', right: 'size', operator: '>' }),
  unexpected(['name'], { kind: 'accepted', column: 'name', key: 'a', accepts: (cell) => String(cell).includes('a') }),
];

async function measured(source: TableSource): Promise<readonly unknown[]> {
  const session = await engine.open({ t: source });
  try {
    return [...(await session.measure('t', aggregates)), await session.readColumns('t', names)];
  } finally {
    await session.close();
  }
}

describe('a table', () => {
  it('is the same whether its rows are in one file or in several', () =>
    fc.assert(
      fc.asyncProperty(rows, fc.nat(19), async (drawn, cut) => {
        const table = [kinds, ...drawn];
        const at = Math.min(cut + 1, table.length);
        const whole = await measured({ paths: [await writeCsv('whole.csv', table)], format: 'csv' });
        const parts = [await writeCsv('part-1.csv', table.slice(0, at)), await writeCsv('part-2.csv', table.slice(at))];
        expect(await measured({ paths: parts, format: 'csv' })).toEqual(whole);
      }),
      { numRuns: 15 },
    ));
  it('is the same in CSV and in Parquet', () =>
    fc.assert(
      fc.asyncProperty(rows, async (drawn) => {
        const table = [kinds, ...drawn];
        const csv = await measured({ paths: [await writeCsv('rows.csv', table)], format: 'csv' });
        expect(await measured({ paths: [writeParquet('rows.parquet', table)], format: 'parquet' })).toEqual(csv);
      }),
      { numRuns: 15 },
    ));
});
