import { z } from 'zod';
import type { Bounds, Cell } from '../ports/index.ts';

/** Arguments that many types share, each told once. */
export const column = z.string().min(1);
export const mostly = z.number().min(0).max(1).default(1);
export const cell = z.union([z.number(), z.bigint(), z.string(), z.boolean(), z.null()]);
export const valueSet = z.array(cell);
export const columns = z.array(column).min(2);
export const flag = z
  .boolean()
  .nullish()
  .transform((value) => value ?? false);

const bound = z
  .union([z.number(), z.bigint(), z.string()])
  .nullish()
  .transform((value) => value ?? null);
const numberBound = z
  .union([z.number(), z.bigint()])
  .nullish()
  .transform((value) => value ?? null);

export const bounds = { min_value: bound, max_value: bound, strict_min: flag, strict_max: flag };
export const numberBounds = { min_value: numberBound, max_value: numberBound, strict_min: flag, strict_max: flag };

export interface BoundKwargs {
  readonly min_value: Cell;
  readonly max_value: Cell;
  readonly strict_min: boolean;
  readonly strict_max: boolean;
}

export function boundsOf(kwargs: BoundKwargs): Bounds {
  return { min: kwargs.min_value, max: kwargs.max_value, strictMin: kwargs.strict_min, strictMax: kwargs.strict_max };
}

/** The law that an expectation about values needs a limit at all. */
export function needsBound({ min_value, max_value }: BoundKwargs): string | null {
  return min_value === null && max_value === null ? 'min_value and max_value cannot both be missing.' : null;
}

/** Rows that an expectation over two columns leaves out, by Great Expectations' names. */
export const ignorePairIf = z
  .enum(['both_values_are_missing', 'either_value_is_missing', 'neither', 'never'])
  .default('both_values_are_missing')
  .transform((name) =>
    name === 'both_values_are_missing' ? 'all-missing' : name === 'either_value_is_missing' ? 'any-missing' : 'none',
  );

/** The same over several columns. */
export const ignoreRowIf = z
  .enum(['all_values_are_missing', 'any_value_is_missing', 'never'])
  .default('all_values_are_missing')
  .transform((name) =>
    name === 'all_values_are_missing' ? 'all-missing' : name === 'any_value_is_missing' ? 'any-missing' : 'none',
  );
