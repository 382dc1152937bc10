import { z } from 'zod';
import type { Cell, ColumnKind, Condition } from '../../ports/index.ts';
import { expectationType, Raised, type TableFacts } from '../expectation.ts';
import { cell, column, flag, ignorePairIf, mostly } from '../kwargs.ts';
import { columnNamed } from '../table-facts.ts';
import { askRows } from '../unexpected-result.ts';

/** Expectations about two columns of a row. */

const pair = { column_A: column, column_B: column, mostly, ignore_row_if: ignorePairIf } as const;

interface Asked {
  readonly column_A: string;
  readonly column_B: string;
  readonly mostly: number;
  readonly ignore_row_if: 'none' | 'all-missing' | 'any-missing';
}

function askPair(
  { column_A: a, column_B: b, mostly: share, ignore_row_if: ignore }: Asked,
  condition: Condition,
  table: TableFacts,
) {
  columnNamed(table, a);
  columnNamed(table, b);
  return askRows({ columns: [a, b], condition, ignore, mostly: share, shape: 'pair', tellsMissing: true }, table);
}

const family = (kind: ColumnKind) => (kind === 'boolean' ? 'number' : kind === 'timestamp' ? 'date' : kind);

function askGreater(kwargs: Asked & { readonly or_equal: boolean }, table: TableFacts) {
  const [left, right] = [columnNamed(table, kwargs.column_A), columnNamed(table, kwargs.column_B)];
  if (family(left.kind) !== family(right.kind))
    throw new Raised(
      `Columns ${left.name} and ${right.name} hold ${left.kind}s and ${right.kind}s, which cannot be compared.`,
    );
  const operator = kwargs.or_equal ? '>=' : '>';
  return askPair(kwargs, { kind: 'compare', left: left.name, right: right.name, operator }, table);
}

function pairsOf(pairs: readonly (readonly Cell[])[]): readonly (readonly [Cell, Cell])[] {
  return pairs.map(([a = null, b = null]) => [a, b]);
}

export const columnPairTypes = {
  expect_column_pair_values_to_be_equal: expectationType(pair, (kwargs, table) =>
    askPair(kwargs, { kind: 'compare', left: kwargs.column_A, right: kwargs.column_B, operator: '=' }, table),
  ),
  expect_column_pair_values_a_to_be_greater_than_b: expectationType({ ...pair, or_equal: flag }, askGreater),
  expect_column_pair_values_to_be_in_set: expectationType(
    { ...pair, value_pairs_set: z.array(z.array(cell).length(2)) },
    (kwargs, table) => {
      const pairs = pairsOf(kwargs.value_pairs_set);
      return askPair(kwargs, { kind: 'pair-one-of', left: kwargs.column_A, right: kwargs.column_B, pairs }, table);
    },
  ),
} as const;
