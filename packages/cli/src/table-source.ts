import { createWriteStream, rmSync } from 'node:fs';
import { mkdtemp, open, readdir, rename, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
type TableFormat = (typeof formats)[number];

function formatOf(path: string): TableFormat | undefined {
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

/** A pipe has no name that tells: Parquet begins with its magic, a line of JSON with a brace, and the rest is CSV. */
async function formatOfBytes(path: string): Promise<TableFormat> {
  const handle = await open(path, 'r');
  try {
    const { bytesRead, buffer } = await handle.read(Buffer.alloc(64), 0, 64, 0);
    const head = buffer.toString('utf8', 0, bytesRead);
    if (head.startsWith('PAR1')) return 'parquet';
    return /^\ufeff?\s*\{/.test(head) ? 'jsonl' : 'csv';
  } finally {
    await handle.close();
  }
}

/** Standard input, kept on disk while it is needed: several scans of it are one read. */
async function spool(input: NodeJS.ReadableStream): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'model-gitops-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'stdin');
  await pipeline(input, createWriteStream(path));
  const named = `${path}.${await formatOfBytes(path)}`;
  await rename(path, named);
  return named;
}

/**
 * A file, a folder of tables, a glob, or `-` for standard input, as one table.
 * Problems: `data-missing`, `data-format`, `data-mixed`, `data-remote`.
 */
export async function tableArgument(
  text: string,
  { input, parseDates = [] }: { readonly input: NodeJS.ReadableStream; readonly parseDates?: readonly string[] },
): Promise<TableArgument> {
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(text)) throw new ProblemError(cliProblems.dataRemote(text));
  const paths = text === '-' ? [await spool(input)] : await filesOf(text);
  return { name: text === '-' ? 'standard input' : text, source: sourceOf(text, paths, parseDates) };
}
