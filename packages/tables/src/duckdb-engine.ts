import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, sep } from 'node:path';
import { type DataEngine, type DataSession, ProblemError, type TableSource } from '@model-gitops/lifecycle';
import { countOf } from './cells.ts';
import { columnsNamed, describeTable, type Table } from './columns.ts';
import { type Connection, confine, connect, type LoadEngine } from './connection.ts';
import { measureTable } from './measure.ts';
import { openTable } from './open-table.ts';
import { tableProblems } from './problems.ts';
import { readingProblem } from './reading-problem.ts';
import { listed } from './sql-text.ts';
import { writeQuery } from './write-query.ts';

export interface DuckdbEngineOptions {
  /** Finds an engine by its package name: the bundle never holds a native one. Rejects where it is not installed. */
  readonly loadEngine: LoadEngine;
}

type Sources = Readonly<Record<string, TableSource>>;

/** A DataEngine over DuckDB 1.5, in memory, on two threads, or on one where the answer must be repeatable. Each session is an engine of its own, with a folder of its own. */
export function duckdbEngine({ loadEngine }: DuckdbEngineOptions): DataEngine {
  return {
    async open(sources, { isRepeatable = false } = {}) {
      const folder = await mkdtemp(join(tmpdir(), 'model-gitops-tables-'));
      try {
        const connection = await connect(loadEngine, folder, isRepeatable ? 1 : 2);
        return await openSession(connection, sources, folder);
      } catch (cause) {
        await rm(folder, { recursive: true, force: true });
        throw cause;
      }
    },
  };
}

async function openSession(connection: Connection, sources: Sources, folder: string): Promise<DataSession> {
  try {
    const tables = new Map<string, Table>();
    for (const [name, source] of Object.entries(sources)) {
      await openTable(connection, name, source);
      tables.set(name, await describeTable(connection, name));
    }
    const paths = Object.values(sources).flatMap((source) => source.paths);
    await confine(connection, listed(paths), listed([`${folder}${sep}`]));
    return sessionOf(connection, tables, { folder, paths });
  } catch (cause) {
    connection.close();
    throw cause;
  }
}

/** Whole columns as cells, by name. */
async function readCells(connection: Connection, table: Table, names: readonly string[]) {
  const columns = columnsNamed(table, names);
  if (columns.length === 0) return {};
  const sql = `SELECT ${columns.map(({ cell }) => cell).join(', ')} FROM ${table.sql}`;
  const values = await connection.columns(sql);
  return Object.fromEntries(columns.map(({ name }, index) => [name, values[index] ?? []]));
}

function sessionOf(
  connection: Connection,
  tables: ReadonlyMap<string, Table>,
  place: { readonly folder: string; readonly paths: readonly string[] },
): DataSession {
  const tableNamed = (name: string) => {
    const table = tables.get(name);
    if (table === undefined) throw new ProblemError(tableProblems.noFiles(name));
    return table;
  };
  const reading = <T>(attempt: () => Promise<T>) =>
    attempt().catch((cause: unknown) => Promise.reject(readingProblem(cause, place.paths)));
  return {
    async describe(name) {
      const { sql, columns } = tableNamed(name);
      const [[rows] = []] = await reading(() => connection.rows(`SELECT count(*) FROM ${sql}`));
      return {
        rows: countOf(rows),
        columns: columns.map(({ name, kind, nativeType }) => ({ name, kind, nativeType })),
      };
    },
    measure: async (name, aggregates) => reading(() => measureTable(connection, tableNamed(name), aggregates)),
    readColumns: async (name, names) => reading(() => readCells(connection, tableNamed(name), names)),
    writeQuery: (query) => writeQuery(connection, query, place),
    async close() {
      connection.close();
      await rm(place.folder, { recursive: true, force: true });
    },
  };
}
