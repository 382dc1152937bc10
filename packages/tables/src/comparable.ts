import type { Cell } from '@model-gitops/lifecycle';
import type { Column } from './columns.ts';
import { literal } from './sql-text.ts';

const smallest = -(2n ** 63n);
const greatest = 2n ** 63n - 1n;
const widest = 2n ** 127n;

function integerLiteral(value: bigint): string | null {
  if (value >= smallest && value <= greatest) return `'${value}'::BIGINT`;
  return value > -widest && value < widest ? `'${value}'::HUGEINT` : null;
}

function doubleLiteral(value: number | bigint): string {
  return `'${Number(value)}'::DOUBLE`;
}

function numberLiteral(value: Cell): string | null {
  if (typeof value === 'boolean') return value ? '1' : '0';
  if (typeof value === 'bigint') return integerLiteral(value);
  if (typeof value !== 'number' || Number.isNaN(value)) return null;
  return Number.isInteger(value) ? integerLiteral(BigInt(value)) : doubleLiteral(value);
}

/** The column's value as something that numbers, texts or dates can be compared with. */
export function comparableValue({ kind, value }: Column): string {
  return kind === 'boolean' ? `CAST(${value} AS INTEGER)` : value;
}

/** A value in SQL that the column's comparable value may be compared with; null where the kinds never equal. */
export function comparableLiteral({ kind, isInteger }: Column, value: Cell): string | null {
  if (value === null) return null;
  if (kind === 'boolean' || isInteger) return numberLiteral(value);
  if (kind === 'number')
    return typeof value === 'number' || typeof value === 'bigint' ? doubleLiteral(value) : numberLiteral(value);
  if (typeof value !== 'string') return null;
  return kind === 'date' || kind === 'timestamp' ? `TRY_CAST(${literal(value)} AS TIMESTAMP)` : literal(value);
}

/** Kinds whose values can be compared with each other. */
export function isComparable(a: Column, b: Column): boolean {
  const family = ({ kind }: Column) =>
    kind === 'boolean' ? 'number' : kind === 'date' || kind === 'timestamp' ? 'time' : kind;
  return family(a) === family(b);
}
