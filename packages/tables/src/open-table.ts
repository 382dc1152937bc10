import { stat } from 'node:fs/promises';
import { ProblemError, type TableSource } from '@model-gitops/lifecycle';
import type { Connection } from './connection.ts';
import { openCsv } from './open-csv.ts';
import { openJsonl } from './open-jsonl.ts';
import { openParquet } from './open-parquet.ts';
import { engineSentence, tableProblems } from './problems.ts';

const openers = { csv: openCsv, jsonl: openJsonl, parquet: openParquet } as const satisfies Record<
  TableSource['format'],
  (connection: Connection, name: string, source: TableSource) => Promise<void>
>;

async function checkFile(path: string): Promise<void> {
  const found = await stat(path).catch(() => null);
  if (found === null || found.isDirectory()) throw new ProblemError(tableProblems.missing(path));
  if (found.size === 0) throw new ProblemError(tableProblems.empty(path, 'has no bytes'));
}

/** Lines as people count them: the engine's JSON reader names the line after the one it means. */
function lineOf(text: string): number | undefined {
  const csv = /CSV Error on Line: (\d+)/.exec(text);
  const json = /Malformed JSON in file .* in line (\d+)/.exec(text);
  return csv !== null ? Number(csv[1]) : json !== null ? Math.max(1, Number(json[1]) - 1) : undefined;
}

/** What a failure to read says to the user: the file that the engine names, and the line where it says so. */
export function readingProblem(cause: unknown, paths: readonly string[]): ProblemError {
  if (cause instanceof ProblemError) return cause;
  const text = cause instanceof Error ? cause.message : String(cause);
  const path = paths.find((one) => text.includes(one)) ?? paths[0] ?? '';
  const why = engineSentence(cause, paths).replace(/ in line \d+/, '');
  return new ProblemError(tableProblems.unreadable(path, why, lineOf(text)), { cause });
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
