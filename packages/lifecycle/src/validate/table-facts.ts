import type { Cell, ColumnDescription } from '../ports/index.ts';
import { Raised, type TableFacts } from './expectation.ts';

/** The named column; raises as Great Expectations does where there is none. */
export function columnNamed({ columns }: TableFacts, name: string): ColumnDescription {
  const column = columns.find((one) => one.name === name);
  if (column === undefined) throw new Raised(`Error: The column "${name}" in BatchData does not exist.`);
  return column;
}

/** Cells for a document: what JSON lacks as text. */
export function shownCell(cell: Cell): unknown {
  if (typeof cell === 'bigint') return String(cell);
  return typeof cell === 'number' && !Number.isFinite(cell) ? String(cell) : cell;
}

/** ISO 8601 dates and times, as far as limits are written with them. */
const dateText = /^\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,9})?)?(Z|[+-]\d{2}:?\d{2})?)?$/;

const families = {
  number: 'number',
  boolean: 'number',
  text: 'text',
  date: 'time',
  timestamp: 'time',
  other: 'other',
} as const;

/**
 * A limit that this column's values can be compared with: numbers for numbers, texts for texts, ISO dates for dates. In
 * a text file without rows no column has a kind yet.
 */
export function comparableBound({ name, kind }: ColumnDescription, bound: Cell, { rows, format }: TableFacts): Cell {
  if (bound === null || (rows === 0 && format !== 'parquet')) return bound;
  const family = families[kind];
  if (family === 'text' && typeof bound === 'string') return bound;
  if (family === 'number' && typeof bound !== 'string') return bound;
  if (family === 'number' && typeof bound === 'string' && bound.trim() !== '' && Number.isFinite(Number(bound)))
    return Number(bound);
  if (family === 'time' && typeof bound === 'string' && dateText.test(bound)) return bound;
  throw new Raised(`Column ${name} holds ${kind}s, which cannot be compared with ${JSON.stringify(shownCell(bound))}.`);
}
