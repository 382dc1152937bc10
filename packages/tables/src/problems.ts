import { basename, relative, sep } from 'node:path';
import type { Problem } from '@model-gitops/lifecycle';

/** A file as a reader knows it: from the folder that we run in, or by its name. Never where this machine keeps it. */
function shownPath(path: string): string {
  const near = relative(process.cwd(), path);
  return near === '' || near.startsWith('..') || near === path ? basename(path) : near.split(sep).join('/');
}

/** The engine's first sentence, in one line: without folders, control characters and advice on its own options. */
export function engineSentence(cause: unknown, paths: readonly string[]): string {
  const text = cause instanceof Error ? cause.message : String(cause);
  const [sentence = ''] = text.split(/\n\s*\n|\nPossible fixes|\n Try |\n\s*file = /);
  const plain = sentence.replace(/^[A-Z]\w*( [A-Z]\w*)* Error: /, '');
  const named = paths.reduce((told, path) => told.replaceAll(path, shownPath(path)), plain);
  return named
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim()
    .slice(0, 500);
}

const at = (path: string, line?: number) => ({ file: shownPath(path), ...(line === undefined ? {} : { line }) });

/** What reading tables can refuse, in one table. */
export const tableProblems = {
  engineMissing: (): Problem => ({
    code: 'engine-missing',
    message: 'DuckDB (@duckdb/node-api) is not installed here, so no table can be read.',
    remedy: 'Run "npm install @duckdb/node-api" beside model-gitops, or "model-gitops engines install".',
  }),
  missing: (path: string): Problem => ({
    code: 'data-missing',
    message: `There is no data file ${shownPath(path)}.`,
    remedy: 'Correct the path, or fetch the data (Git LFS, DVC) first.',
    ...at(path),
  }),
  noFiles: (table: string): Problem => ({
    code: 'data-missing',
    message: `No file belongs to the table "${table}".`,
    remedy: 'Correct the path, or fetch the data (Git LFS, DVC) first.',
  }),
  empty: (path: string, what: string): Problem => ({
    code: 'data-empty',
    message: `${shownPath(path)} ${what}.`,
    remedy: 'Look at what should have written it: even a table without rows has a header.',
    ...at(path),
  }),
  unreadable: (path: string, why: string, line?: number): Problem => ({
    code: 'data-unreadable',
    message: `${shownPath(path)} cannot be read: ${why}`,
    remedy: 'Mend the file: CSV by RFC 4180 in UTF-8, Parquet, or one JSON object a line.',
    ...at(path, line),
  }),
  columnsDiffer: (path: string, first: string): Problem => ({
    code: 'data-unreadable',
    message: `${shownPath(path)} has other columns than ${shownPath(first)}, and both are one table.`,
    remedy: 'Give all files of a table the same columns in the same order, or name fewer files.',
    ...at(path, 1),
  }),
  columnTwice: (path: string, column: string): Problem => ({
    code: 'data-unreadable',
    message: `${shownPath(path)} names the column ${JSON.stringify(column)} twice, in upper or lower case.`,
    remedy: 'Give each column a name of its own.',
    ...at(path, 1),
  }),
  columnMissing: (names: readonly string[], table: string, known: readonly string[]): Problem => ({
    code: 'column-missing',
    message: `The table "${table}" has no column ${names.join(', ')}.`,
    remedy: `It has: ${known.slice(0, 20).join(', ')}${known.length > 20 ? ` and ${known.length - 20} more` : ''}.`,
  }),
  notADate: (path: string, column: string): Problem => ({
    code: 'data-unreadable',
    message: `${shownPath(path)}: column ${column} should be read as dates, but holds other text.`,
    remedy: 'Write dates as 2024-01-31 or 2024-01-31T10:00:00, or leave the column out of "parse-dates".',
    ...at(path),
  }),
  sqlFailed: (why: string): Problem => ({
    code: 'sql-failed',
    message: `The query failed: ${why}`,
    remedy: 'Run it by itself in DuckDB over the same tables; it sees the tables named there and no other file.',
  }),
};
