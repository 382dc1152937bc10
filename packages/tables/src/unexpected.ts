import type { IgnoredRows, Unexpected, UnexpectedQuestion } from '@model-gitops/lifecycle';
import { acceptedSql } from './accepted-values.ts';
import { countOf } from './cells.ts';
import { type Column, columnsNamed, shown, type Table } from './columns.ts';
import { conditionSql, isForRe2, type RowCondition } from './conditions.ts';
import type { Connection, Row } from './connection.ts';

/** The rows that are judged: true where the question's columns are filled as it asks. */
function scopeSql(columns: readonly Column[], ignore: IgnoredRows): string {
  if (ignore === 'none') return 'TRUE';
  const filled = columns.map(({ value }) => `${value} IS NOT NULL`);
  return `(${filled.join(ignore === 'any-missing' ? ' AND ' : ' OR ')})`;
}

function isRowCondition(condition: UnexpectedQuestion['condition']): condition is RowCondition {
  return condition.kind !== 'unique' && condition.kind !== 'ordered';
}

/** Whether the shared scan counts the unexpected rows; otherwise it counts those in scope only. */
function isScanned(table: Table, { condition }: UnexpectedQuestion): boolean {
  return isRowCondition(condition) && (condition.kind !== 'accepted' || isForRe2(table, condition));
}

/** No FILTER: the engine would compute for each of many conditions anew what they share, and copy the rows that pass. */
function countWhere(condition: string): string {
  return `count(CASE WHEN ${condition} THEN 1 END)`;
}

/** What the shared scan is asked: the rows in scope, and those of them that are unexpected where a row shows it by itself. */
export function unexpectedCounts(table: Table, question: UnexpectedQuestion): readonly string[] {
  const scope = scopeSql(columnsNamed(table, question.columns), question.ignore);
  const considered = countWhere(scope);
  if (!isRowCondition(question.condition) || !isScanned(table, question)) return [considered];
  const met = conditionSql(table, question.condition, null);
  return [considered, countWhere(`${scope} AND (${met}) IS NOT TRUE`)];
}

function partition(columns: readonly Column[]): string {
  return columns.map((_, index) => `v${index}`).join(', ');
}

/** Whether a value steps the wrong way from the one before it. */
function orderSql({ direction, strictly }: { readonly direction: 'up' | 'down'; readonly strictly: boolean }): string {
  const before = 'lag(v0) OVER (ORDER BY row)';
  return `${before} IS NULL OR v0 ${direction === 'up' ? '>' : '<'}${strictly ? '' : '='} ${before}`;
}

/** The rows in scope with their number, the shown values v0, v1, … and whether they are met. */
async function judgedRows(
  connection: Connection,
  table: Table,
  { condition, columns: names, ignore }: UnexpectedQuestion,
) {
  const columns = columnsNamed(table, names);
  const values = columns.map(({ value }, index) => `${value} AS v${index}`).join(', ');
  const scope = scopeSql(columns, ignore);
  if (isRowCondition(condition)) {
    const accepted =
      condition.kind === 'accepted' && !isForRe2(table, condition)
        ? await acceptedSql(connection, table, condition)
        : null;
    const met = conditionSql(table, condition, accepted);
    const all = `SELECT row_number() OVER () - 1 AS row, ${values}, ${scope} AS scope, ${met} AS met FROM ${table.sql}`;
    return `(SELECT * FROM (${all}) WHERE scope)`;
  }
  const all = `SELECT row_number() OVER () - 1 AS row, ${values}, ${scope} AS scope FROM ${table.sql}`;
  const met =
    condition.kind === 'unique' ? `count(*) OVER (PARTITION BY ${partition(columns)}) = 1` : orderSql(condition);
  return `(SELECT *, ${met} AS met FROM (${all}) WHERE scope)`;
}

/** Rows that share their values with others, counted by groups: cheaper than looking at each row. */
async function countTwins(connection: Connection, table: Table, question: UnexpectedQuestion): Promise<number> {
  const columns = columnsNamed(table, question.columns);
  const values = columns.map(({ value }) => value).join(', ');
  const groups = `SELECT count(*) AS n FROM ${table.sql} WHERE ${scopeSql(columns, question.ignore)} GROUP BY ${values}`;
  const [[count] = []] = await connection.rows(`SELECT sum(n) FILTER (WHERE n > 1) FROM (${groups})`);
  return countOf(count);
}

async function countUnexpected(connection: Connection, table: Table, question: UnexpectedQuestion): Promise<number> {
  if (question.condition.kind === 'unique') return countTwins(connection, table, question);
  const rows = await judgedRows(connection, table, question);
  const [[count] = []] = await connection.rows(`SELECT count(*) FROM ${rows} WHERE met IS NOT TRUE`);
  return countOf(count);
}

async function listRows(connection: Connection, rows: string, columns: readonly Column[], limit: number | 'all') {
  const cells = columns.map((column, index) => shown(column, `v${index}`));
  const [numbers = [], ...values] = await connection.columns(
    `SELECT row, ${cells.join(', ')} FROM ${rows} WHERE met IS NOT TRUE ORDER BY row ${limit === 'all' ? '' : `LIMIT ${limit}`}`,
  );
  return numbers.map((row, at) => ({ row: countOf(row), cells: values.map((column) => column[at] ?? null) }));
}

/** The counts, and as many unexpected rows as were asked for; only where there are any is the table read again. */
export async function unexpectedOf(
  connection: Connection,
  table: Table,
  question: UnexpectedQuestion,
  scanned: Row,
): Promise<Unexpected> {
  const considered = countOf(scanned[0]);
  const count = isScanned(table, question) ? countOf(scanned[1]) : await countUnexpected(connection, table, question);
  if (count === 0 || question.rows === 0) return { considered, count, rows: [] };
  const judged = await judgedRows(connection, table, question);
  return {
    considered,
    count,
    rows: await listRows(connection, judged, columnsNamed(table, question.columns), question.rows),
  };
}
