import type { TableSource } from '@model-gitops/lifecycle';
import type { Connection } from './connection.ts';
import { listed, literal, quoted } from './sql-text.ts';

/** Texts that look like dates or identifiers stay texts, unless the user says that they are dates; nested values stay as written. */
function typeOf(name: string, detected: string, parseDates: readonly string[]): string {
  if (parseDates.includes(name)) return 'TIMESTAMP';
  if (/[\])]$/.test(detected) && !detected.startsWith('DECIMAL')) return 'JSON';
  return /^(DATE|TIME|UUID)/.test(detected) ? 'VARCHAR' : detected;
}

/** Reads files of one JSON object a line into a table. */
export async function openJsonl(connection: Connection, name: string, { paths, parseDates = [] }: TableSource) {
  const files = `${listed(paths)}, format = 'newline_delimited', records = true, maximum_depth = 2`;
  const described = await connection.rows(`DESCRIBE SELECT * FROM read_json(${files}, sample_size = -1)`);
  const types = described.map(([column, type]) => {
    const own = typeOf(String(column), String(type), parseDates);
    return `${literal(String(column))}: ${literal(own)}`;
  });
  await connection.run(
    `CREATE TABLE ${quoted(name)} AS SELECT * FROM read_json(${files}, columns = {${types.join(', ')}})`,
  );
}
