import { stat } from 'node:fs/promises';
import { ProblemError, type TableSource } from '@model-gitops/lifecycle';
import type { Connection } from './connection.ts';
import { openCsv } from './open-csv.ts';
import { openJsonl } from './open-jsonl.ts';
import { openParquet } from './open-parquet.ts';
import { tableProblems } from './problems.ts';
import { readingProblem } from './reading-problem.ts';

const openers = { csv: openCsv, jsonl: openJsonl, parquet: openParquet } as const satisfies Record<
  TableSource['format'],
  (connection: Connection, name: string, source: TableSource) => Promise<void>
>;

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) throw new ProblemError(tableProblems.missing(path));
  if (found.size === 0) throw new ProblemError(tableProblems.empty(path, 'has no bytes'));
}

/** Makes files a table or view of that name. Problems: `data-missing`, `data-empty`, `data-unreadable`. */
export async function openTable(connection: Connection, name: string, source: TableSource): Promise<void> {
  if (source.paths.length === 0) throw new ProblemError(tableProblems.noFiles(name));
  for (const path of source.paths) await checkFile(path);
  try {
    await openers[source.format](connection, name, source);
  } catch (cause) {
    throw readingProblem(cause, source.paths);
  }
}
