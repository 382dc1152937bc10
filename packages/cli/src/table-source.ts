import { createWriteStream } from 'node:fs';
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { ProblemError, type TableSource } from '@model-gitops/lifecycle';
import picomatch from 'picomatch';
import { cliProblems } from './problems.ts';

/** A table that a command line names. */
export interface TableArgument {
  readonly name: string;
  readonly source: TableSource;
}

const formats = ['csv', 'parquet', 'jsonl'] as const;

function formatOf(path: string): TableSource['format'] | undefined {
  return formats.find((format) => path.toLowerCase().endsWith(`.${format}`));
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

/** The part of a glob before its first pattern. */
function fixedFolder(pattern: string): string {
  const { base } = picomatch.scan(pattern);
  return base === '' ? '.' : base;
}

async function filesOf(text: string): Promise<string[]> {
  const found = await stat(text).catch(() => null);
  if (found?.isFile()) return [text];
  if (found?.isDirectory()) return (await filesBelow(text)).filter((path) => formatOf(path) !== undefined);
  const isWanted = picomatch(resolve(text).replaceAll('\\', '/'));
  const below = await filesBelow(fixedFolder(text)).catch(() => []);
  return below.filter((path) => isWanted(resolve(path).replaceAll('\\', '/')));
}

function sourceOf(text: string, paths: readonly string[], parseDates: readonly string[]): TableSource {
  const known = new Set(paths.map(formatOf));
  const [format] = known;
  if (paths.length === 0) throw new ProblemError(cliProblems.dataMissing(text));
  if (known.size > 1) throw new ProblemError(cliProblems.dataMixed(text));
  if (format === undefined) throw new ProblemError(cliProblems.dataFormat(text));
  return { paths: paths.map((path) => resolve(path)).sort(), format, ...(parseDates.length > 0 ? { parseDates } : {}) };
}

/** Standard input, kept on disk while it is needed: several scans of it are one read. */
async function spool(input: NodeJS.ReadableStream): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-gitops-'));
  const path = join(folder, 'stdin.csv');
  await pipeline(input, createWriteStream(path));
  process.once('exit', () => void rm(folder, { recursive: true, force: true }));
  return path;
}

/**
 * A file, a folder of tables, a glob, or `-` for CSV on standard input, as one table.
 * Problems: `data-missing`, `data-format`, `data-mixed`, `data-remote`.
 */
export async function tableArgument(text: string, parseDates: readonly string[] = []): Promise<TableArgument> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) throw new ProblemError(cliProblems.dataRemote(text));
  const paths = text === '-' ? [await spool(process.stdin)] : await filesOf(text);
  return { name: text === '-' ? 'standard input' : text, source: sourceOf(text, paths, parseDates) };
}

/** The file name without folder and ending. */
export function tableName(path: string): string {
  return basename(path, path.slice(path.lastIndexOf('.'))) || basename(dirname(path));
}
