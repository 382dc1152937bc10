import type { DuckDBConnection, DuckDBInstance, DuckDBResult, DuckDBValue } from '@duckdb/node-api';
import { type Cell, ProblemError } from '@model-gitops/lifecycle';
import { cellOf } from './cells.ts';
import { tableProblems } from './problems.ts';

type Engine = typeof import('@duckdb/node-api');

export type LoadEngine = (name: string) => Promise<unknown>;

export type Row = readonly DuckDBValue[];

/** One engine in memory, for one session. */
export interface Connection {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  /** Column by column, for results that are large: taken over piece by piece, so that the engine never holds them whole. */
  columns(sql: string): Promise<readonly (readonly Cell[])[]>;
  /** Writes numbers into a table of one BIGINT column. */
  append(table: string, numbers: readonly number[]): Promise<void>;
  close(): void;
}

async function loadDuckdb(loadEngine: LoadEngine): Promise<Engine> {
  try {
    return (await loadEngine('@duckdb/node-api')) as Engine;
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(tableProblems.engineMissing(), { kind: 'could-not-run', cause });
  }
}

/** Nothing is downloaded, ever; what does not fit into memory goes to the session's own folder and not into the checkout. */
function optionsOf(folder: string, threads: number): Readonly<Record<string, string>> {
  return {
    threads: String(threads),
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
    temp_directory: folder,
  };
}

async function readColumns(result: DuckDBResult): Promise<readonly (readonly Cell[])[]> {
  const columns = Array.from({ length: result.columnCount }, (): Cell[] => []);
  for await (const chunk of result)
    for (const [index, column] of columns.entries())
      chunk.visitColumnValues(index, (value) => void column.push(cellOf(value)));
  return columns;
}

function connectionOf(instance: DuckDBInstance, connection: DuckDBConnection): Connection {
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    columns: async (sql) => readColumns(await connection.stream(sql)),
    async append(table, numbers) {
      const appender = await connection.createAppender(table);
      for (const number of numbers) {
        appender.appendBigInt(BigInt(number));
        appender.endRow();
      }
      appender.closeSync();
    },
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** Opens an engine in memory whose overflow goes to `folder`. Problem `engine-missing`. */
export async function connect(loadEngine: LoadEngine, folder: string, threads: number): Promise<Connection> {
  const engine = await loadDuckdb(loadEngine);
  const instance = await engine.DuckDBInstance.create(':memory:', optionsOf(folder, threads));
  return connectionOf(instance, await instance.connect());
}

/** From here on the engine reads and writes only these files and this folder, and its settings stay as they are. */
export async function confine(connection: Connection, paths: string, folder: string): Promise<void> {
  await connection.run(`SET allowed_paths = ${paths}`);
  await connection.run(`SET allowed_directories = ${folder}`);
  await connection.run('SET enable_external_access = false');
  await connection.run('SET lock_configuration = true');
}
