import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemError, type TableDescription } from '@model-gitops/lifecycle';
import { countOf } from './cells.ts';
import { columnsOf } from './columns.ts';
import type { Connection } from './connection.ts';
import { engineSentence, tableProblems } from './problems.ts';
import { splitStatements } from './split-statements.ts';
import { literal } from './sql-text.ts';

export interface Query {
  readonly sql: string;
  readonly to: string;
  readonly format: 'csv' | 'parquet';
}

const options = { csv: 'FORMAT csv, HEADER true', parquet: 'FORMAT parquet, COMPRESSION zstd' } as const;

async function orProblem<T>(paths: readonly string[], attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    throw new ProblemError(tableProblems.sqlFailed(engineSentence(cause, paths)), { cause });
  }
}

/** Runs all statements, the last of which answers; gives what that answer will be. */
async function runScript(connection: Connection, sql: string): Promise<string> {
  const statements = splitStatements(sql);
  const answer = statements.at(-1);
  if (answer === undefined) throw new ProblemError(tableProblems.sqlFailed('there is no statement in it.'));
  for (const statement of statements.slice(0, -1)) await connection.run(statement);
  return answer;
}

/** The engine may write to its own folder only; from there the whole file goes where it is wanted. */
async function place(from: string, to: string): Promise<void> {
  await mkdir(dirname(to), { recursive: true });
  await copyFile(from, `${to}.part`);
  await rename(`${to}.part`, to);
  await rm(from, { force: true });
}

/** Runs the user's SQL and writes what its last statement answers. Problem `sql-failed`. */
export async function writeQuery(
  connection: Connection,
  { sql, to, format }: Query,
  { folder, paths }: { readonly folder: string; readonly paths: readonly string[] },
): Promise<TableDescription> {
  const file = join(folder, `answer.${format}`);
  const described = await orProblem([...paths, file, folder], async () => {
    const answer = await runScript(connection, sql);
    const columns = await connection.rows(`DESCRIBE (${answer}\n)`);
    const [[rows] = []] = await connection.rows(`COPY (${answer}\n) TO ${literal(file)} (${options[format]})`);
    return { rows: countOf(rows), columns: columnsOf(columns) };
  });
  await place(file, to);
  return {
    rows: described.rows,
    columns: described.columns.map(({ name, kind, nativeType }) => ({ name, kind, nativeType })),
  };
}
