import type { Cell } from '../ports/index.ts';
import type { Judgement, TableFacts } from './expectation.ts';
import type { BoundKwargs } from './kwargs.ts';
import { shownCell } from './table-facts.ts';

/** A judgement with one observed value, and what else the type tells. */
export function observed(
  { resultFormat }: TableFacts,
  success: boolean,
  value: unknown,
  more: Readonly<Record<string, unknown>> = {},
): Judgement {
  return { success, result: resultFormat === 'BOOLEAN_ONLY' ? {} : { observed_value: value, ...more } };
}

/** Whether a value lies within limits of its own kind; a value that is not there lies nowhere. */
export function isWithin(
  value: Cell,
  { min_value: min, max_value: max, strict_min, strict_max }: BoundKwargs,
): boolean {
  if (value === null || (typeof value === 'number' && Number.isNaN(value))) return false;
  const isAbove = min === null || (strict_min ? value > min : value >= min);
  const isBelow = max === null || (strict_max ? value < max : value <= max);
  return isAbove && isBelow;
}

/** Judges an observed value by limits. */
export function judgeBetween(value: Cell, kwargs: BoundKwargs, table: TableFacts): Judgement {
  return observed(table, isWithin(value, kwargs), shownCell(value));
}
