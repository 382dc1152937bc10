import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ProblemError, TableSource, Unexpected } from '@model-gitops/lifecycle';
import { duckdbEngine } from '@model-gitops/tables';
import { parquetWriteFile } from 'hyparquet-writer';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dataEngineContract, orders } from './data-engine.ts';

const require = createRequire(import.meta.url);
const engine = duckdbEngine({ loadEngine: async (name) => require(name) });
let folder = '';
const path = (name: string) => join(folder, name);

function csvOf(columns: Readonly<Record<string, readonly unknown[]>>): string {
  const names = Object.keys(columns);
  const rows = (Object.values(columns)[0] ?? []).map((_, row) =>
    names.map((name) => columns[name]?.[row] ?? '').join(','),
  );
  return `${[names.join(','), ...rows].join('\n')}\n`;
}

function jsonlOf(columns: Readonly<Record<string, readonly unknown[]>>): string {
  const names = Object.keys(columns);
  const rows = (Object.values(columns)[0] ?? []).map((_, row) =>
    JSON.stringify(Object.fromEntries(names.map((name) => [name, columns[name]?.[row] ?? null]))),
  );
  return `${rows.join('\n')}\n`;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'data-engine-'));
  await writeFile(path('orders.csv'), csvOf(orders));
  await writeFile(path('orders.jsonl'), jsonlOf(orders));
  const columnData = Object.entries(orders).map(([name, data]) => ({ name, data: [...data] }));
  parquetWriteFile({ filename: path('orders.parquet'), columnData });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

for (const format of ['csv', 'parquet', 'jsonl'] as const)
  dataEngineContract(`DuckDB over ${format}`, async () => ({
    engine,
    source: (name) => ({ paths: [path(`${name}.${format}`)], format }),
  }));

async function withFile<T>(
  name: string,
  content: string | Uint8Array,
  use: (source: TableSource) => Promise<T>,
): Promise<T> {
  await writeFile(path(name), content);
  return use({ paths: [path(name)], format: name.split('.').at(-1) as TableSource['format'] });
}

async function columnsOf(source: TableSource) {
  const session = await engine.open({ t: source });
  try {
    const { columns } = await session.describe('t');
    return {
      types: columns.map(({ nativeType }) => nativeType),
      cells: await session.readColumns(
        't',
        columns.map(({ name }) => name),
      ),
    };
  } finally {
    await session.close();
  }
}

async function failureOf(attempt: Promise<unknown>) {
  const error = await attempt.then(
    () => undefined,
    (thrown: unknown) => thrown as ProblemError,
  );
  return error?.problems?.[0];
}

/** A problem that does not tell where this machine keeps its files. */
async function problemOf(attempt: Promise<unknown>) {
  const problem = await failureOf(attempt);
  expect(JSON.stringify(problem)).not.toContain(folder);
  return problem;
}

describe('CSV', () => {
  it('follows RFC 4180: byte order mark, CRLF, quoted commas, quotes and line ends', () =>
    withFile('rfc.csv', '\ufeff"id","a, b"\r\n1,"x""y"\r\n2,"two\r\nlines"\r\n', async (source) => {
      expect(await columnsOf(source)).toEqual({
        types: ['BIGINT', 'VARCHAR'],
        cells: { id: [1, 2], 'a, b': ['x"y', 'two\r\nlines'] },
      });
    }));
  it('takes types from all rows, as pandas does', () =>
    withFile(
      'types.csv',
      'a,b,c,d,e,f,g\n1,1,True,2024-01-01,1_0,0x1F,\n2,1e3,FALSE,,2,3,NA\n,inf,,x,3,4,nan\n',
      async (source) => {
        expect(await columnsOf(source)).toEqual({
          types: ['BIGINT', 'DOUBLE', 'BOOLEAN', 'VARCHAR', 'VARCHAR', 'VARCHAR', 'DOUBLE'],
          cells: {
            a: [1, 2, null],
            b: [1, 1000, Number.POSITIVE_INFINITY],
            c: [true, false, null],
            d: ['2024-01-01', null, 'x'],
            e: ['1_0', '2', '3'],
            f: ['0x1F', '3', '4'],
            g: [null, null, null],
          },
        });
      },
    ));
  it('keeps whole numbers beyond 2^53', () =>
    withFile('big.csv', 'n\n9007199254740993\n1\n', async (source) => {
      expect((await columnsOf(source)).cells).toEqual({ n: [9007199254740993n, 1] });
    }));
  it('reads dates where it is told to, and names the column that holds none', () =>
    withFile('dates.csv', 'day,at\n2024-01-31,2024-01-31 10:00:00.5\n,\n', async (source) => {
      const { cells } = await columnsOf({ ...source, parseDates: ['day', 'at'] });
      expect(cells).toEqual({ day: ['2024-01-31T00:00:00', null], at: ['2024-01-31T10:00:00.500000', null] });
      await withFile('no-dates.csv', 'day\nsoon\n', async (other) => {
        const problem = await problemOf(engine.open({ t: { ...other, parseDates: ['day'] } }));
        expect(problem).toMatchObject({ code: 'data-unreadable', message: expect.stringContaining('column day') });
      });
    }));
  it('keeps a header without rows as an empty table', () =>
    withFile('bare.csv', 'id,name\n', async (source) => {
      expect((await columnsOf(source)).cells).toEqual({ id: [], name: [] });
    }));
  it('keeps many rows in the order of the files', () =>
    withFile('long-1.csv', `n,m\n${Array.from({ length: 300_000 }, (_, n) => `${n},${n % 7}`).join('\n')}\n`, (first) =>
      withFile('long-2.csv', 'n,m\n300000,0\n300001,9\n', async (second) => {
        const session = await engine.open({ t: { ...first, paths: [...first.paths, ...second.paths] } });
        const { n } = await session.readColumns('t', ['n']);
        expect(n?.every((cell, row) => cell === row)).toBe(true);
        const condition = { kind: 'one-of', column: 'm', values: [1, 2, 3, 4, 5, 6, 9], isMember: true } as const;
        const [found] = await session.measure('t', [
          { kind: 'unexpected', columns: ['n'], condition, ignore: 'none', rows: 'all' },
        ]);
        expect(found).toMatchObject({ considered: 300_002, count: 42_859 });
        const rows = (found as Unexpected).rows;
        expect(rows.every(({ row, cells: [cell] }) => row === cell && (row % 7 === 0 || row === 300_000))).toBe(true);
        await session.close();
      }),
    ));
  it.each([
    ['bytes.csv', '', 'data-empty', undefined],
    ['blank.csv', '\n\n', 'data-empty', undefined],
    ['wide.csv', 'a,b\n1,2\n1,2,3\n', 'data-unreadable', 3],
    ['narrow.csv', 'a,b\n1,2\n3\n', 'data-unreadable', 3],
    ['open.csv', 'a,b\n1,"x\n', 'data-unreadable', 2],
    ['after.csv', 'a,b\n1,"x"y\n', 'data-unreadable', 2],
    ['ends.csv', 'a,b\r\n1,x\n2,y\r\n', 'data-unreadable', undefined],
    ['twice.csv', 'a,A\n1,2\n', 'data-unreadable', 1],
  ])('refuses %s', async (name, content, code, line) => {
    const problem = await withFile(name, content, (source) => problemOf(engine.open({ t: source })));
    expect(problem).toMatchObject({ code, file: name, ...(line === undefined ? {} : { line }) });
    expect(problem?.message).not.toContain('1,2,3');
  });
  it('refuses bytes that are no UTF-8', async () => {
    const bytes = new Uint8Array([...Buffer.from('a,b\n1,'), 0xff, 0xfe, ...Buffer.from('\n')]);
    const problem = await withFile('latin.csv', bytes, (source) => problemOf(engine.open({ t: source })));
    expect(problem).toMatchObject({ code: 'data-unreadable', file: 'latin.csv' });
  });
  it('refuses files of one table that have other columns', () =>
    withFile('one.csv', 'a,b\n1,2\n', (one) =>
      withFile('other.csv', 'a,c\n1,2\n', async (other) => {
        const problem = await problemOf(engine.open({ t: { ...one, paths: [...one.paths, ...other.paths] } }));
        expect(problem).toMatchObject({ code: 'data-unreadable', file: 'other.csv' });
      }),
    ));
});

describe('JSONL', () => {
  it('keeps texts that look like dates, fills keys that lack, and shows nested values as JSON', () =>
    withFile('odd.jsonl', '{"a":"2024-01-01","b":1,"c":{"d":[1]}}\n{"a":"x","c":{"d":[]}}\n', async (source) => {
      const { cells } = await columnsOf(source);
      expect(cells).toEqual({ a: ['2024-01-01', 'x'], b: [1, null], c: ['{"d":[1]}', '{"d":[]}'] });
    }));
  it('names the line that is no JSON', async () => {
    const problem = await withFile('broken.jsonl', '{"a":1}\n{"a":\n', (source) =>
      problemOf(engine.open({ t: source })),
    );
    expect(problem).toMatchObject({ code: 'data-unreadable', file: 'broken.jsonl', line: 2 });
  });
});

it('refuses a Parquet file that is none', async () => {
  const problem = await withFile('none.parquet', 'a,b\n1,2\n', (source) => problemOf(engine.open({ t: source })));
  expect(problem).toMatchObject({ code: 'data-unreadable', file: 'none.parquet' });
});

it('is not confused by names that it uses itself, or that SQL would read', async () => {
  const names = ['row', 'met', 'scope', 'v0', 'v', 'id', 'n', '"; DROP TABLE x; --', "it's", 'a.b', 'SELECT'];
  const header = names.map((name) => `"${name.replaceAll('"', '""')}"`).join(',');
  await withFile(
    'names.csv',
    `${header}\n${names.map((_, at) => at).join(',')}\n${names.map(() => 5).join(',')}\n`,
    async (source) => {
      const session = await engine.open({ 'table "x"': source });
      for (const [at, column] of names.entries()) {
        const accepts = (cell: unknown) => cell === 5;
        const laws = [
          { kind: 'accepted', column, key: "it's", accepts },
          { kind: 'one-of', column, values: [5], isMember: true },
          { kind: 'ordered', column, direction: 'down', strictly: false },
          { kind: 'unique', columns: [column] },
        ] as const;
        const question = (condition: (typeof laws)[number]) =>
          ({ kind: 'unexpected', columns: [column], condition, ignore: 'none', rows: 'all' }) as const;
        const found = (await session.measure('table "x"', laws.map(question))) as readonly Unexpected[];
        const first = at === 5 ? [] : [{ row: 0, cells: [at] }];
        const down = at >= 5 ? [] : [{ row: 1, cells: [5] }];
        const twins =
          at === 5
            ? [
                { row: 0, cells: [5] },
                { row: 1, cells: [5] },
              ]
            : [];
        expect(
          found.map(({ rows }) => rows),
          column,
        ).toEqual([first, first, down, twins]);
        expect(
          await session.measure('table "x"', [
            { kind: 'frequencies', column },
            { kind: 'sum', column },
          ]),
        ).toHaveLength(2);
      }
      await session.close();
    },
  );
});

describe('the user’s SQL', () => {
  const withOrders = async (use: (session: Awaited<ReturnType<typeof engine.open>>) => Promise<void>) => {
    const session = await engine.open({ input: { paths: [path('orders.csv')], format: 'csv' } });
    await use(session).finally(() => session.close());
  };

  it('answers with its last statement; views stay', () =>
    withOrders(async (session) => {
      const first =
        "CREATE VIEW paid AS SELECT * FROM input WHERE paid; -- semicolons; 'in' comments\nSELECT id, ';' AS mark FROM paid ORDER BY id;\n";
      const written = await session.writeQuery({ sql: first, to: path('made/paid.csv'), format: 'csv' });
      expect(written).toMatchObject({
        rows: 3,
        columns: [
          { name: 'id', kind: 'number' },
          { name: 'mark', kind: 'text' },
        ],
      });
      expect(await readFile(path('made/paid.csv'), 'utf8')).toBe('id,mark\n1,;\n3,;\n4,;\n');
      await session.writeQuery({ sql: 'SELECT count(*) AS n FROM paid', to: path('n.parquet'), format: 'parquet' });
      expect((await columnsOf({ paths: [path('n.parquet')], format: 'parquet' })).cells).toEqual({ n: [3] });
    }));
  it('reaches no other file, no setting and no extension', () =>
    withOrders(async (session) => {
      await writeFile(path('secret.csv'), 'a\n1\n');
      for (const sql of [
        `SELECT * FROM read_csv('${path('secret.csv')}')`,
        `SELECT * FROM '${path('secret.csv')}'`,
        `COPY input TO '${path('stolen.csv')}'; SELECT 1`,
        `ATTACH '${path('stolen.db')}' AS db; SELECT 1`,
        'SET enable_external_access = true; SELECT 1',
        'INSTALL httpfs; SELECT 1',
        '-- nothing',
      ])
        expect(await failureOf(session.writeQuery({ sql, to: path('x.csv'), format: 'csv' })), sql).toMatchObject({
          code: 'sql-failed',
        });
      await expect(readFile(path('stolen.csv'))).rejects.toThrow();
    }));
});

it('says what to install where the engine is not', async () => {
  const none = duckdbEngine({ loadEngine: () => Promise.reject(new Error('not found')) });
  await expect(none.open({})).rejects.toMatchObject({ kind: 'could-not-run', problems: [{ code: 'engine-missing' }] });
});

it('writes the same bytes for the same rows and query, however many there are, where that is asked', async () => {
  const rows = Array.from({ length: 500_000 }, (_, index) => Math.sin(index) * 10 ** (index % 9));
  const content = `v\n${rows.join('\n')}\n`;
  const answers = await withFile('many.csv', content, async (source) => {
    const texts = new Set<string>();
    for (let time = 0; time < 4; time++) {
      const session = await engine.open({ input: source }, { isRepeatable: true });
      const sql = 'SELECT sum(v) AS s, avg(v) AS a, stddev(v) AS d FROM input';
      await session.writeQuery({ sql, to: path('answer.csv'), format: 'csv' });
      await session.close();
      texts.add(await readFile(path('answer.csv'), 'utf8'));
    }
    return texts;
  });
  expect(answers.size).toBe(1);
});
