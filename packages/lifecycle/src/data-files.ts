import { digestOfText } from '@model-gitops/registry';
import type { Position } from './config/types.ts';
import type { DatasetFacts } from './documents.ts';
import type { FileFacts, TableSource, Workspace } from './ports/index.ts';
import { type Problem, ProblemError } from './problem.ts';

const dataFileProblems = {
  missing: (pattern: string, where: Position | undefined): Problem => ({
    code: 'data-missing',
    message: `No data file matches ${pattern}.`,
    remedy: 'Correct the path in model.yaml, or fetch the data (Git LFS, DVC) first.',
    ...(where ?? { file: pattern }),
  }),
  format: (path: string): Problem => ({
    code: 'data-format',
    message: `${path} is neither .csv nor .parquet nor .jsonl.`,
    remedy: 'Convert it, or name other files.',
    file: path,
  }),
  mixed: (pattern: string, where: Position | undefined): Problem => ({
    code: 'data-mixed',
    message: `${pattern} holds files of several formats; one table has one.`,
    remedy: 'Name the files of one format by a glob, e.g. "data/*.csv".',
    ...(where ?? { file: pattern }),
  }),
};

const formats = ['csv', 'parquet', 'jsonl'] as const;

/** The format of a table by its file's ending. Problem `data-format`. */
export function formatOfTable(path: string): TableSource['format'] {
  const format = formats.find((extension) => path.toLowerCase().endsWith(`.${extension}`));
  if (format === undefined) throw new ProblemError(dataFileProblems.format(path));
  return format;
}

async function filesOf(workspace: Workspace, pattern: string): Promise<readonly FileFacts[]> {
  const itself = await workspace.measure(pattern);
  if (itself?.kind === 'file') return [itself];
  const paths =
    itself === null
      ? await workspace.list([pattern], '')
      : await workspace.list(
          formats.map((extension) => `**/*.${extension}`),
          pattern,
        );
  const measured = await Promise.all(paths.map((path) => workspace.measure(path)));
  return measured.filter((facts) => facts !== null);
}

/** Digest of one file, or of the sorted `<sha256>  <path>` lines of several. */
function digestOfFiles(files: readonly FileFacts[]): string {
  const [only] = files;
  if (files.length === 1 && only !== undefined) return only.sha256;
  return digestOfText(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
}

/** A table that model.yaml names: where its bytes are, and which bytes. */
export interface FoundTable {
  readonly source: TableSource;
  readonly facts: DatasetFacts;
}

export interface WantedTable {
  readonly name: string;
  /** Relative to the root of the repository: a file, a folder of tables, or a glob; several files are one table. */
  readonly pattern: string;
  readonly parseDates: readonly string[];
  /** Where the pattern is written. */
  readonly position?: Position | undefined;
}

/** Finds and hashes a table's files. Rows are not counted. Problems: `data-missing`, `data-format`, `data-mixed`. */
export async function findTable(workspace: Workspace, wanted: WantedTable): Promise<FoundTable> {
  const { name, pattern, parseDates, position } = wanted;
  const files = await filesOf(workspace, pattern);
  const [format, ...others] = new Set(files.map(({ path }) => formatOfTable(path)));
  if (format === undefined) throw new ProblemError(dataFileProblems.missing(pattern, position));
  if (others.length > 0) throw new ProblemError(dataFileProblems.mixed(pattern, position));
  const paths = files.map(({ path }) => workspace.resolve(path));
  return {
    source: { paths, format, ...(parseDates.length > 0 ? { parseDates } : {}) },
    facts: {
      name,
      path: pattern,
      sha256: digestOfFiles(files),
      size: files.reduce((sum, { size }) => sum + size, 0),
    },
  };
}
