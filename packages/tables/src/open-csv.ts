import { ProblemError, type TableSource } from '@model-gitops/lifecycle';
import { countOf } from './cells.ts';
import type { Connection } from './connection.ts';
import { readHeader } from './csv-header.ts';
import { tableProblems } from './problems.ts';
import { listed, literal, quoted } from './sql-text.ts';

/** What pandas takes for a missing value, so that the same file has the same gaps here and there. */
const missingTexts = [
  '', '#N/A', '#N/A N/A', '#NA', '-1.#IND', '-1.#QNAN', '-NaN', '-nan', '1.#IND', '1.#QNAN', '<NA>', 'N/A', 'NA',
  'NULL', 'NaN', 'None', 'n/a', 'nan', 'null',
]; // biome-ignore format: one thought, two lines

const truths = ['True', 'TRUE', 'true'];
const booleans = [...truths, 'False', 'FALSE', 'false'];

type CsvType = 'BIGINT' | 'DOUBLE' | 'BOOLEAN' | 'VARCHAR' | 'TIMESTAMP';

/** The files of a table with all cells as text. */
function textOf(paths: readonly string[], names: readonly string[]): string {
  const columns = names.map((name) => `${literal(name)}: 'VARCHAR'`).join(', ');
  return `read_csv(${listed(paths)}, columns = {${columns}}, auto_detect = false, header = true, delim = ',', quote = '"',
    escape = '"', strict_mode = true, nullstr = ${listed(missingTexts)}, max_line_size = 16777216)`;
}

/** How many cells there are, and how many of them could be of each type; only dates are asked where dates are wanted. */
function censusOf(name: string, isDate: boolean): readonly string[] {
  const cell = quoted(name);
  const where = (law: string) => `count(*) FILTER (WHERE ${law})`;
  if (isDate) return [`count(${cell})`, `count(TRY_CAST(${cell} AS TIMESTAMP))`];
  return [
    `count(${cell})`,
    where(`TRY_CAST(${cell} AS BIGINT) IS NOT NULL AND regexp_full_match(${cell}, '\\s*[+-]?[0-9]+\\s*')`),
    where(`TRY_CAST(${cell} AS DOUBLE) IS NOT NULL AND NOT contains(${cell}, '_')`),
    where(`${cell} IN (${booleans.map(literal).join(', ')})`),
  ];
}

/** As pandas decides: whole numbers, else numbers, else booleans, else text; a column without any value holds numbers. */
function typeOf([cells = 0, integers, numbers, flags]: readonly number[], rows: number): CsvType {
  if (cells === 0) return rows === 0 ? 'VARCHAR' : 'DOUBLE';
  if (integers === cells) return 'BIGINT';
  if (numbers === cells) return 'DOUBLE';
  return flags === cells ? 'BOOLEAN' : 'VARCHAR';
}

/** The type of a column that the user calls dates; null where some cell is none. */
function dateTypeOf([cells, dates]: readonly number[]): CsvType | null {
  return dates === cells ? 'TIMESTAMP' : null;
}

function castOf(name: string, type: CsvType): string {
  const cell = quoted(name);
  if (type === 'VARCHAR') return cell;
  if (type !== 'BOOLEAN') return `CAST(${cell} AS ${type}) AS ${cell}`;
  return `CASE WHEN ${cell} IS NULL THEN NULL ELSE ${cell} IN (${truths.map(literal).join(', ')}) END AS ${cell}`;
}

async function namesOf(paths: readonly string[]): Promise<readonly string[]> {
  const [first = '', ...others] = paths;
  const names = await readHeader(first);
  for (const path of others) {
    const same = await readHeader(path);
    if (same.join('\n') !== names.join('\n')) throw new ProblemError(tableProblems.columnsDiffer(path, first));
  }
  return names;
}

/**
 * Reads CSV files (RFC 4180, UTF-8) into a table, twice: once to find each column's type over all rows, once to keep
 * the values. Problems: `data-empty`, `data-unreadable`.
 */
export async function openCsv(connection: Connection, name: string, { paths, parseDates = [] }: TableSource) {
  const [first = ''] = paths;
  const names = await namesOf(paths);
  const text = textOf(paths, names);
  const asked = names.map((column) => censusOf(column, parseDates.includes(column)));
  const [census = []] = await connection.rows(`SELECT count(*), ${asked.flat().join(', ')} FROM ${text}`);
  const [rows = 0, ...counts] = census.map(countOf);
  const casts = names.map((column, index) => {
    const own = counts.splice(0, asked[index]?.length ?? 0);
    const type = parseDates.includes(column) ? dateTypeOf(own) : typeOf(own, rows);
    if (type === null) throw new ProblemError(tableProblems.notADate(first, column));
    return castOf(column, type);
  });
  await connection.run(`CREATE TABLE ${quoted(name)} AS SELECT ${casts.join(', ')} FROM ${text}`);
}
