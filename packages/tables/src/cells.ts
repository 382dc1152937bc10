import type { DuckDBValue } from '@duckdb/node-api';
import type { Cell } from '@model-gitops/lifecycle';

/** A value of a column's `cell` or `shown` expression. */
export function cellOf(value: DuckDBValue | undefined): Cell {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : value;
  if (typeof value === 'number' || typeof value === 'boolean' || typeof value === 'string') return value;
  return String(value);
}

export function countOf(value: DuckDBValue | undefined): number {
  return Number(value ?? 0);
}
