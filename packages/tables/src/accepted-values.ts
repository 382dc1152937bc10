import type { AcceptedCondition } from '@model-gitops/lifecycle';
import { countOf } from './cells.ts';
import { columnsNamed, shown, type Table } from './columns.ts';
import type { Connection } from './connection.ts';
import { quoted } from './sql-text.ts';

/** Names of the helper tables of a session; `#` keeps them apart from what a user names. */
const valuesTable = (table: Table, column: string) => quoted(`#values ${table.name} ${column}`);
const acceptedTable = (table: Table, column: string, key: string) => `#accepted ${table.name} ${column} ${key}`;

/** All different values of a column with a number each, made once a session. */
async function numberValues(connection: Connection, table: Table, name: string): Promise<string> {
  const [column] = columnsNamed(table, [name]);
  const values = valuesTable(table, name);
  await connection.run(
    `CREATE TEMP TABLE IF NOT EXISTS ${values} AS SELECT row_number() OVER () AS id, v FROM (
       SELECT DISTINCT ${column?.value} AS v FROM ${table.sql} WHERE ${column?.value} IS NOT NULL
     )`,
  );
  return values;
}

/** Asks the law about each different value and keeps the numbers of those that it accepts. */
async function keepAccepted(connection: Connection, table: Table, condition: AcceptedCondition, values: string) {
  const [column] = columnsNamed(table, [condition.column]);
  if (column === undefined) return;
  const [ids = [], cells = []] = await connection.columns(`SELECT id, ${shown(column, 'v')} FROM ${values}`);
  const accepted = ids.filter((_, index) => {
    const cell = cells[index] ?? null;
    return cell !== null && condition.accepts(cell);
  });
  const name = acceptedTable(table, condition.column, condition.key);
  await connection.run(`CREATE TEMP TABLE ${quoted(name)} (id BIGINT)`);
  await connection.append(name, accepted.map(countOf));
}

/**
 * SQL that finds the values that a law in JavaScript accepts: each different value is asked about once, so the law may
 * be slow, and a regular expression may be one that RE2 refuses.
 */
export async function acceptedSql(connection: Connection, table: Table, condition: AcceptedCondition): Promise<string> {
  const [column] = columnsNamed(table, [condition.column]);
  const accepted = quoted(acceptedTable(table, condition.column, condition.key));
  const [[made] = []] = await connection.rows(
    `SELECT count(*) FROM duckdb_tables() WHERE table_name = '${acceptedTable(table, condition.column, condition.key).replaceAll("'", "''")}'`,
  );
  const values = await numberValues(connection, table, condition.column);
  if (countOf(made) === 0) await keepAccepted(connection, table, condition, values);
  return `${column?.value} IN (SELECT v FROM ${values} SEMI JOIN ${accepted} USING (id))`;
}
