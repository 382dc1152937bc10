import type { TableSource } from '@model-gitops/lifecycle';
import type { Connection } from './connection.ts';
import { listed, quoted } from './sql-text.ts';

/** Parquet is read where it lies, as often as it is asked: only the columns of a question are decoded. */
export async function openParquet(connection: Connection, name: string, { paths }: TableSource) {
  await connection.run(`CREATE VIEW ${quoted(name)} AS SELECT * FROM read_parquet(${listed(paths)})`);
}
