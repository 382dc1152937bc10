import { mkdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { duckdbEngine } from '@model-gitops/tables';
import { benchFolder } from './measure.ts';

const loadEngine = async (name: string): Promise<unknown> => createRequire(import.meta.url)(name);

/** A number from 0 up to 1 that depends on nothing but row and column. */
export function chance(column: number): string {
  return `(hash(i, ${column}) % 1000003 / 1000003)`;
}

/** Writes a Parquet file of `rows` rows; columns are SQL over the row's number `i`. The same each time. */
export async function makeTable(
  name: string,
  rows: number,
  columns: Readonly<Record<string, string>>,
): Promise<string> {
  const to = join(benchFolder, `${name}.parquet`);
  mkdirSync(benchFolder, { recursive: true });
  const session = await duckdbEngine({ loadEngine }).open({});
  try {
    const cells = Object.entries(columns).map(([column, sql]) => `${sql} AS ${column}`);
    await session.writeQuery({ sql: `SELECT ${cells.join(', ')} FROM range(${rows}) AS t(i)`, to, format: 'parquet' });
    return to;
  } finally {
    await session.close();
  }
}
