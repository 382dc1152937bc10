import type { Aggregate, Measured } from '@model-gitops/lifecycle';
import { cellOf, countOf } from './cells.ts';
import { columnsNamed, type Table } from './columns.ts';
import type { Connection, Row } from './connection.ts';
import { distinctCount, frequenciesOf, quantileOf } from './distributions.ts';
import { figureSql, isFigure } from './figures.ts';
import { unexpectedCounts, unexpectedOf } from './unexpected.ts';

/** Two aggregates with the same key have the same answer. */
function keyOf(aggregate: Aggregate): string {
  return JSON.stringify(aggregate, (_, value) => (typeof value === 'bigint' ? `${value}n` : value));
}

/** What the shared scan is asked: one SQL aggregate for a figure, two for a row condition, none for the rest. */
function scanOf(table: Table, aggregate: Aggregate): readonly string[] {
  if (isFigure(aggregate)) return [figureSql(table, aggregate)];
  return aggregate.kind === 'unexpected' ? unexpectedCounts(table, aggregate) : [];
}

function questionColumns(aggregate: Aggregate): readonly string[] {
  if (aggregate.kind === 'rows') return [];
  return aggregate.kind === 'unexpected' ? aggregate.columns : [aggregate.column];
}

async function answerOf(connection: Connection, table: Table, aggregate: Aggregate, scanned: Row): Promise<Measured> {
  if (isFigure(aggregate)) {
    const isCount = aggregate.kind === 'rows' || aggregate.kind === 'missing';
    const value = isCount ? countOf(scanned[0]) : cellOf(scanned[0]);
    return typeof value === 'number' && Number.isNaN(value) ? null : value;
  }
  switch (aggregate.kind) {
    case 'distinct':
      return distinctCount(connection, table, aggregate.column);
    case 'frequencies':
      return frequenciesOf(connection, table, aggregate.column);
    case 'quantile':
      return quantileOf(connection, table, aggregate);
    case 'unexpected':
      return unexpectedOf(connection, table, aggregate, scanned);
    default:
      return aggregate satisfies never;
  }
}

/** One scan for all that a scan can give; what needs groups or an order is asked after it, each once. */
export async function measureTable(connection: Connection, table: Table, aggregates: readonly Aggregate[]) {
  const asked = new Map(aggregates.map((aggregate) => [keyOf(aggregate), aggregate]));
  columnsNamed(table, [...asked.values()].flatMap(questionColumns));
  const parts = [...asked].map(([key, aggregate]) => ({ key, aggregate, sql: scanOf(table, aggregate) }));
  const sql = [...new Set(parts.flatMap((part) => part.sql))];
  const [scanned = []] = sql.length === 0 ? [] : await connection.rows(`SELECT ${sql.join(',\n')} FROM ${table.sql}`);
  const answers = new Map<string, Measured>();
  for (const { key, aggregate, sql: own } of parts) {
    const values = own.map((text) => scanned[sql.indexOf(text)] ?? null);
    answers.set(key, await answerOf(connection, table, aggregate, values));
  }
  return aggregates.map((aggregate) => answers.get(keyOf(aggregate)) ?? null);
}
