import type {
  Aggregate,
  Cell,
  Condition,
  DataEngine,
  DataSession,
  ProblemError,
  TableSource,
  Unexpected,
} from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** The tables that the laws speak of; each adapter says where it has them. `absent` is not there. */
export interface OpenTables {
  readonly engine: DataEngine;
  readonly source: (name: 'orders' | 'absent') => TableSource;
}

/** The rows of `orders`. */
export const orders: Readonly<Record<string, readonly Cell[]>> = {
  id: [1, 2, 3, 4, 5, 6],
  amount: [10.5, 20, null, 20, -1, 7],
  country: ['DE', 'FR', null, 'DE', 'Ä\u{1f600}', 'DE'],
  paid: [true, false, true, true, null, false],
};

type Unmet = Readonly<Record<string, string>>;

async function codeOf(attempt: () => Promise<unknown>): Promise<string | undefined> {
  const error = await attempt().then(
    () => undefined,
    (thrown: unknown) => thrown as ProblemError,
  );
  expect(error?.problems?.[0]?.remedy).toBeTruthy();
  return error?.problems?.[0]?.code;
}

function question(columns: readonly string[], condition: Condition, options: object = {}): Aggregate {
  return { kind: 'unexpected', columns, condition, ignore: 'any-missing', rows: 'all', ...options };
}

const bounds = { min: null, max: null, strictMin: false, strictMax: false };

/** The laws that every DataEngine keeps. A law that is not met is listed with its reason. */
export function dataEngineContract(name: string, open: () => Promise<OpenTables>, unmet: Unmet = {}) {
  const holds = (title: string, check: (session: DataSession, tables: OpenTables) => Promise<void>) =>
    unmet[title] !== undefined
      ? it.skip(`${title}: ${unmet[title]}`, () => undefined)
      : it(title, async () => {
          const tables = await open();
          const session = await tables.engine.open({ orders: tables.source('orders') });
          await check(session, tables).finally(() => session.close());
        });
  const measure = async <T>(session: DataSession, aggregate: Aggregate): Promise<T> => {
    const [answer] = await session.measure('orders', [aggregate]);
    return answer as T;
  };
  const unexpected = async (session: DataSession, columns: readonly string[], condition: Condition, options = {}) => {
    const { considered, count, rows } = await measure<Unexpected>(session, question(columns, condition, options));
    expect(rows).toHaveLength(count);
    return { considered, rows: rows.map(({ row }) => row) };
  };

  describe(`${name} is a DataEngine`, () => {
    holds('tells rows, names and kinds in order', async (session) => {
      const { rows, columns } = await session.describe('orders');
      expect(rows).toBe(6);
      expect(columns.map(({ name, kind }) => [name, kind])).toEqual([
        ['id', 'number'],
        ['amount', 'number'],
        ['country', 'text'],
        ['paid', 'boolean'],
      ]);
    });
    holds('reads whole columns in row order, missing cells as null', async (session) => {
      expect(await session.readColumns('orders', ['paid', 'country', 'amount'])).toEqual({
        paid: orders.paid,
        country: orders.country,
        amount: orders.amount,
      });
      expect(await session.readColumns('orders', [])).toEqual({});
    });
    holds('measures figures over the values that are there, and answers in the order asked', async (session) => {
      const kinds = ['least', 'greatest', 'sum', 'mean', 'median', 'distinct', 'missing'] as const;
      const [rows, ...figures] = await session.measure('orders', [
        { kind: 'rows' },
        ...kinds.map((kind) => ({ kind, column: 'amount' })),
        ...kinds.slice(0, 2).map((kind) => ({ kind, column: 'country' })),
        { kind: 'mean', column: 'paid' },
        { kind: 'quantile', column: 'amount', at: 0.5 },
      ]);
      expect(rows).toBe(6);
      expect(figures).toEqual([-1, 20, 56.5, 11.3, 10.5, 4, 1, 'DE', 'Ä\u{1f600}', 0.6, 10.5]);
      const deviation = await measure<number>(session, { kind: 'deviation', column: 'amount' });
      expect(deviation).toBeCloseTo(8.969392, 6);
    });
    holds('counts each value, the most frequent first', async (session) => {
      expect(await measure(session, { kind: 'frequencies', column: 'amount' })).toEqual([
        { value: 20, count: 2 },
        { value: -1, count: 1 },
        { value: 7, count: 1 },
        { value: 10.5, count: 1 },
      ]);
    });
    holds('lists the first rows that miss a law, with their values', async (session) => {
      const condition = { kind: 'between', column: 'amount', bounds: { ...bounds, max: 10, strictMax: true } } as const;
      const answer = await measure<Unexpected>(session, question(['amount'], condition, { rows: 2 }));
      expect(answer).toEqual({
        considered: 5,
        count: 3,
        rows: [
          { row: 0, cells: [10.5] },
          { row: 1, cells: [20] },
        ],
      });
    });
    holds('judges single values', async (session) => {
      const none = { considered: 6, rows: [2] };
      expect(
        await unexpected(
          session,
          ['country'],
          { kind: 'missing', column: 'country', isMissing: false },
          { ignore: 'none' },
        ),
      ).toEqual(none);
      const inSet = { kind: 'one-of', column: 'country', values: ['DE', 1, null] } as const;
      expect(await unexpected(session, ['country'], { ...inSet, isMember: true })).toEqual({
        considered: 5,
        rows: [1, 4],
      });
      expect(await unexpected(session, ['country'], { ...inSet, isMember: false })).toEqual({
        considered: 5,
        rows: [0, 3, 5],
      });
      const text = {
        kind: 'between',
        column: 'country',
        bounds: { ...bounds, min: 'DE', max: 'FR', strictMin: true },
      } as const;
      expect((await unexpected(session, ['country'], text)).rows).toEqual([0, 3, 4, 5]);
      const wide = {
        kind: 'between',
        column: 'id',
        bounds: { ...bounds, min: 1.5, max: Number.POSITIVE_INFINITY },
      } as const;
      expect((await unexpected(session, ['id'], wide)).rows).toEqual([0]);
      const long = { kind: 'length', column: 'country', bounds: { ...bounds, min: 2, max: 2 } } as const;
      expect((await unexpected(session, ['country'], long)).rows).toEqual([]);
    });
    holds('asks a law of its caller, or RE2 where a text column allows it', async (session) => {
      const even = {
        kind: 'accepted',
        column: 'id',
        key: 'even',
        accepts: (value: Cell) => Number(value) % 2 === 0,
      } as const;
      expect((await unexpected(session, ['id'], even)).rows).toEqual([0, 2, 4]);
      expect((await unexpected(session, ['id'], even)).rows).toEqual([0, 2, 4]);
      const german = {
        kind: 'accepted',
        column: 'country',
        key: '^D',
        accepts: (value: Cell) => String(value).startsWith('D'),
      } as const;
      const re2 = { patterns: ['^D', 'E$'], need: 'all', negated: false } as const;
      expect(await unexpected(session, ['country'], german)).toEqual({ considered: 5, rows: [1, 4] });
      expect(await unexpected(session, ['country'], { ...german, re2 })).toEqual({ considered: 5, rows: [1, 4] });
    });
    holds('judges rows by several columns', async (session) => {
      const greater = { kind: 'compare', left: 'amount', right: 'id', operator: '>' } as const;
      expect(await unexpected(session, ['amount', 'id'], greater, { ignore: 'none' })).toEqual({
        considered: 6,
        rows: [2, 4],
      });
      const equal = { kind: 'compare', left: 'id', right: 'country', operator: '=' } as const;
      expect((await unexpected(session, ['id', 'country'], equal)).rows).toEqual([0, 1, 3, 4, 5]);
      const pair = {
        kind: 'pair-one-of',
        left: 'id',
        right: 'country',
        pairs: [
          [1, 'DE'],
          [3, null],
        ],
      } as const;
      expect((await unexpected(session, ['id', 'country'], pair, { ignore: 'all-missing' })).rows).toEqual([
        1, 3, 4, 5,
      ]);
      const sum = { kind: 'sum-equals', columns: ['id', 'amount'], total: 11.5 } as const;
      expect((await unexpected(session, ['id', 'amount'], sum)).rows).toEqual([1, 3, 4, 5]);
      const different = { kind: 'within-row', columns: ['id', 'amount'], law: 'different' } as const;
      expect((await unexpected(session, ['id', 'amount'], different)).rows).toEqual([]);
      expect((await unexpected(session, ['id', 'amount'], { ...different, law: 'equal' })).rows).toEqual([
        0, 1, 3, 4, 5,
      ]);
    });
    holds('finds rows that are not alone, and steps the wrong way', async (session) => {
      const unique = { kind: 'unique', columns: ['country'] } as const;
      expect(await unexpected(session, ['country'], unique)).toEqual({ considered: 5, rows: [0, 3, 5] });
      const both = { kind: 'unique', columns: ['amount', 'country'] } as const;
      expect((await unexpected(session, ['amount', 'country'], both, { ignore: 'none' })).rows).toEqual([]);
      const up = { kind: 'ordered', column: 'amount', direction: 'up', strictly: true } as const;
      expect((await unexpected(session, ['amount'], up)).rows).toEqual([3, 4]);
      expect((await unexpected(session, ['amount'], { ...up, direction: 'down', strictly: false })).rows).toEqual([
        1, 5,
      ]);
    });
    holds('names the columns that are not there', async (session) => {
      expect(await codeOf(() => session.readColumns('orders', ['id', 'ID']))).toBe('column-missing');
      expect(await codeOf(() => session.measure('orders', [{ kind: 'sum', column: 'nope' }]))).toBe('column-missing');
    });
    holds('does not open what is not there', async (_, { engine, source }) => {
      expect(await codeOf(() => engine.open({ orders: source('absent') }))).toBe('data-missing');
    });
    holds('refuses a query that fails with a sentence', async (session) => {
      const attempt = () => session.writeQuery({ sql: 'SELECT nothing FROM nowhere', to: 'x.csv', format: 'csv' });
      expect(await codeOf(attempt)).toBe('sql-failed');
    });
  });
}
