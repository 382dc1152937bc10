import type { DuckDBConnection, DuckDBInstance, DuckDBValue } from '@duckdb/node-api';
import { ProblemError } from '@model-gitops/lifecycle';
import { tableProblems } from './problems.ts';

type Engine = typeof import('@duckdb/node-api');

export type LoadEngine = (name: string) => Promise<unknown>;

export type Row = readonly DuckDBValue[];

/** One engine in memory, for one session. */
export interface Connection {
  run(sql: string): Promise<void>;
  rows(sql: string): Promise<readonly Row[]>;
  /** Column by column, for results that are large. */
  columns(sql: string): Promise<readonly (readonly DuckDBValue[])[]>;
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

function connectionOf(instance: DuckDBInstance, connection: DuckDBConnection): Connection {
  return {
    run: async (sql) => void (await connection.run(sql)),
    rows: async (sql) => (await connection.runAndReadAll(sql)).getRows(),
    columns: async (sql) => (await connection.runAndReadAll(sql)).getColumns(),
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
