import type { Cell, Frequencies } from '@model-gitops/lifecycle';
import { cellOf, countOf } from './cells.ts';
import { columnsNamed, shown, type Table } from './columns.ts';
import type { Connection } from './connection.ts';

function columnOf(table: Table, name: string) {
  const [column] = columnsNamed(table, [name]);
  if (column === undefined) throw new Error(`A column is lost: ${name}`);
  return column;
}

export async function distinctCount(connection: Connection, table: Table, name: string): Promise<number> {
  const { value } = columnOf(table, name);
  const groups = `SELECT ${value} FROM ${table.sql} WHERE ${value} IS NOT NULL GROUP BY ${value}`;
  const [[count] = []] = await connection.rows(`SELECT count(*) FROM (${groups})`);
  return countOf(count);
}

export async function frequenciesOf(connection: Connection, table: Table, name: string): Promise<Frequencies> {
  const column = columnOf(table, name);
  const [values = [], counts = []] = await connection.columns(
    `SELECT ${shown(column, 'v')}, n FROM (
       SELECT ${column.value} AS v, count(*) AS n FROM ${table.sql} WHERE ${column.value} IS NOT NULL GROUP BY 1
     ) ORDER BY n DESC, v`,
  );
  return values.map((value, index) => ({ value: value ?? '', count: countOf(counts[index]) }));
}

/** The nearest rank; halves go to the even one, as in NumPy. */
function nearestRank(count: number, at: number): number {
  const place = (count - 1) * at;
  const below = Math.floor(place);
  const rest = place - below;
  if (rest !== 0.5) return rest < 0.5 ? below : below + 1;
  return below % 2 === 0 ? below : below + 1;
}

export async function quantileOf(
  connection: Connection,
  table: Table,
  { column: name, at }: { readonly column: string; readonly at: number },
): Promise<Cell> {
  const column = columnOf(table, name);
  const values = `SELECT ${column.value} AS v FROM ${table.sql} WHERE ${column.value} IS NOT NULL`;
  const [[count] = []] = await connection.rows(`SELECT count(*) FROM (${values})`);
  if (countOf(count) === 0) return null;
  const rank = nearestRank(countOf(count), at);
  const [[value] = []] = await connection.rows(
    `SELECT ${shown(column, 'v')} FROM (${values}) ORDER BY v LIMIT 1 OFFSET ${rank}`,
  );
  return cellOf(value);
}
