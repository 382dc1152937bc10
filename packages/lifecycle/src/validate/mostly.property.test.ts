import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { memoryDataEngine } from '../testing/memory-data-engine.ts';
import { validateTable } from './validate-table.ts';

const cells = fc.array(fc.option(fc.integer({ min: 0, max: 9 }), { nil: null }), { maxLength: 30 });

async function successOf(
  column: readonly (number | null)[],
  kwargs: object,
  type = 'expect_column_values_to_be_between',
) {
  const engine = memoryDataEngine(new Map([['t', { n: { kind: 'number', cells: column } }]]));
  const suite = {
    file: 's.json',
    text: JSON.stringify({ expectations: [{ type, kwargs: { column: 'n', ...kwargs } }] }),
  };
  const source = { paths: ['t'], format: 'parquet' } as const;
  const request = {
    table: { name: 't', source },
    others: {},
    suite,
    resultFormat: 'BASIC',
    failOn: 'critical',
  } as const;
  const [result] = (await validateTable(request, { engine })).results;
  return result?.success;
}

describe('mostly', () => {
  it('is the least share of filled values that must be expected', () =>
    fc.assert(
      fc.asyncProperty(
        cells,
        fc.integer({ min: 0, max: 9 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (column, limit, mostly) => {
          const filled = column.filter((cell) => cell !== null);
          const met = filled.filter((cell) => cell <= limit).length;
          const expected = filled.length === 0 || met / filled.length >= mostly;
          expect(await successOf(column, { max_value: limit, mostly })).toBe(expected);
        },
      ),
    ));
  it('asked for less is met wherever more is met', () =>
    fc.assert(
      fc.asyncProperty(
        cells,
        fc.double({ min: 0, max: 1, noNaN: true }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (column, a, b) => {
          const [less, more] = [Math.min(a, b), Math.max(a, b)];
          if (await successOf(column, { mostly: more }, 'expect_column_values_to_not_be_null'))
            expect(await successOf(column, { mostly: less }, 'expect_column_values_to_not_be_null')).toBe(true);
        },
      ),
    ));
});
