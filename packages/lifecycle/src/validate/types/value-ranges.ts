import { z } from 'zod';
import { expectationType, question, Raised, type TableFacts } from '../expectation.ts';
import { type BoundKwargs, bounds, boundsOf, column, flag, mostly, needsBound } from '../kwargs.ts';
import { columnNamed, comparableBound } from '../table-facts.ts';
import { askValues } from '../unexpected-result.ts';

/** Expectations about the size of single values, and about their order. */

function askBetween(kwargs: BoundKwargs & { readonly column: string; readonly mostly: number }, table: TableFacts) {
  const described = columnNamed(table, kwargs.column);
  const limits = boundsOf(kwargs);
  const { min, max } = {
    min: comparableBound(described, limits.min, table),
    max: comparableBound(described, limits.max, table),
  };
  if (min !== null && max !== null && min > max) throw new Raised('min_value cannot be greater than max_value');
  const condition = { kind: 'between', column: kwargs.column, bounds: { ...limits, min, max } } as const;
  return askValues(kwargs.column, condition, kwargs.mostly, table);
}

function numberColumn(name: string, table: TableFacts, what: string): void {
  const { kind } = columnNamed(table, name);
  if (kind !== 'number' && kind !== 'boolean')
    throw new Raised(`Column ${name} holds ${kind}s, which have no ${what}.`);
}

function askOrder(
  name: string,
  direction: 'up' | 'down',
  kwargs: { readonly strictly: boolean; readonly mostly: number },
  table: TableFacts,
) {
  const { kind } = columnNamed(table, name);
  if (kind === 'text' || kind === 'other')
    throw new Raised(`Column ${name} holds ${kind}s, between which there is no difference.`);
  const condition = { kind: 'ordered', column: name, direction, strictly: kwargs.strictly } as const;
  return askValues(name, condition, kwargs.mostly, table);
}

/** Values within limits that follow from the column itself. */
function askInside(
  name: string,
  limits: { readonly min: number | null; readonly max: number | null; readonly isStrict: boolean },
  share: number,
  table: TableFacts,
) {
  const { isStrict: strict, ...ends } = limits;
  const condition = {
    kind: 'between',
    column: name,
    bounds: { ...ends, strictMin: strict, strictMax: strict },
  } as const;
  return askValues(name, condition, share, table);
}

/** No limit can be drawn without a deviation: then no value is inside. */
function aroundMean(mean: unknown, deviation: unknown, times: number): { readonly min: number; readonly max: number } {
  if (typeof mean !== 'number' || typeof deviation !== 'number' || deviation === 0) return { min: 1, max: -1 };
  return { min: mean - times * deviation, max: mean + times * deviation };
}

function askScores(
  kwargs: {
    readonly column: string;
    readonly threshold: number;
    readonly double_sided: boolean;
    readonly mostly: number;
  },
  table: TableFacts,
) {
  const { column: name } = kwargs;
  numberColumn(name, table, 'z score');
  return question(
    { mean: { kind: 'mean', column: name }, deviation: { kind: 'deviation', column: name } },
    ({ mean, deviation }) => {
      const { min, max } = aroundMean(mean, deviation, kwargs.threshold);
      return askInside(
        name,
        { min: kwargs.double_sided || min > max ? min : null, max, isStrict: true },
        kwargs.mostly,
        table,
      );
    },
  );
}

export const valueRangeTypes = {
  expect_column_values_to_be_between: expectationType({ column, mostly, ...bounds }, askBetween, needsBound),
  expect_column_values_to_be_increasing: expectationType({ column, mostly, strictly: flag }, (kwargs, table) =>
    askOrder(kwargs.column, 'up', kwargs, table),
  ),
  expect_column_values_to_be_decreasing: expectationType({ column, mostly, strictly: flag }, (kwargs, table) =>
    askOrder(kwargs.column, 'down', kwargs, table),
  ),
  expect_column_value_z_scores_to_be_less_than: expectationType(
    { column, mostly, threshold: z.number(), double_sided: flag },
    askScores,
  ),
} as const;
