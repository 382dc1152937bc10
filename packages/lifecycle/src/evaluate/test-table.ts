import { digestOfText } from '@model-gitops/registry';
import type { ModelConfig } from '../config/types.ts';
import type { DatasetFacts, FeaturesDocument } from '../documents.ts';
import type { Cell, DataEngine, FileFacts, TableSource, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Columns } from './model-inputs.ts';
import { evaluationProblems } from './problems.ts';

/** The rows that a model is judged on, as far as somebody asked for their columns. */
export interface TestTable {
  readonly rows: number;
  /** All columns of the table, in its order. */
  readonly names: readonly string[];
  readonly columns: Columns;
}

const formats = ['csv', 'parquet', 'jsonl'] as const;

function formatOf(path: string): TableSource['format'] {
  const format = formats.find((extension) => path.toLowerCase().endsWith(`.${extension}`));
  if (format === undefined) throw new ProblemError(evaluationProblems.dataFormat(path));
  return format;
}

/** Files that model.yaml's pattern means: a file, a folder of tables, or a glob. */
async function filesOf(workspace: Workspace, pattern: string): Promise<readonly FileFacts[]> {
  const itself = await workspace.measure(pattern).catch(() => null);
  if (itself?.kind === 'file') return [itself];
  const globs = itself === null ? [pattern] : formats.map((extension) => `${pattern}/**/*.${extension}`);
  const paths = await workspace.list(globs, '');
  const measured = await Promise.all(paths.map((path) => workspace.measure(path)));
  return measured.filter((facts) => facts !== null);
}

/** Digest of one file, or of the sorted `<sha256>  <path>` lines of several. */
function digestOfFiles(files: readonly FileFacts[]): string {
  const [only] = files;
  if (files.length === 1 && only !== undefined) return only.sha256;
  return digestOfText(files.map(({ path, sha256 }) => `${sha256}  ${path}\n`).join(''));
}

export interface TestData {
  readonly source: TableSource;
  readonly facts: DatasetFacts;
}

async function featuresOutput(workspace: Workspace, features: FeaturesDocument): Promise<TestData | null> {
  const output = features.outputs.find(({ name }) => name === 'test');
  if (output === undefined) return null;
  const { name, path, sha256, size, rows } = output;
  const found = await workspace.measure(path);
  if (found?.sha256 !== sha256) throw new ProblemError(evaluationProblems.featuresChanged(path), { kind: 'refused' });
  return {
    source: { paths: [workspace.resolve(path)], format: formatOf(path) },
    facts: { name, path, sha256, size, rows },
  };
}

async function configuredTest(workspace: Workspace, { data }: ModelConfig): Promise<TestData> {
  const { pattern } = data.test;
  const files = await filesOf(workspace, pattern);
  const [first] = files;
  if (first === undefined) throw new ProblemError(evaluationProblems.dataMissing(pattern));
  const paths = files.map(({ path }) => workspace.resolve(path));
  const size = files.reduce((sum, file) => sum + file.size, 0);
  return {
    source: { paths, format: formatOf(first.path), parseDates: data.parseDates },
    facts: { name: 'test', path: pattern, sha256: digestOfFiles(files), size },
  };
}

/**
 * The table that a configured model is judged on: what the features step wrote, else `data.test`.
 * Problems: `features-missing`, `features-changed` (refused), `data-missing`, `data-format`.
 */
export async function findTestData(
  workspace: Workspace,
  config: ModelConfig,
  features: FeaturesDocument | null,
): Promise<TestData> {
  const made = features === null ? null : await featuresOutput(workspace, features);
  if (made !== null) return made;
  const needsFeatures = config.features.sql !== undefined || config.features.run !== undefined;
  if (needsFeatures) throw new ProblemError(evaluationProblems.featuresMissing(config.name));
  return configuredTest(workspace, config);
}

/** Reads the columns that `wanted` picks from the table's own. Problems: `column-missing`, `data-empty`. */
export async function readTable(
  engine: DataEngine,
  { source, where }: { readonly source: TableSource; readonly where: string },
  wanted: (names: readonly string[]) => readonly string[],
): Promise<TestTable> {
  const session = await engine.open({ table: source });
  try {
    const { rows, columns } = await session.describe('table');
    if (rows === 0) throw new ProblemError(evaluationProblems.dataEmpty(where));
    const names = columns.map(({ name }) => name);
    const picked = [...new Set(wanted(names))];
    const missing = picked.filter((name) => !names.includes(name));
    if (missing.length > 0) throw new ProblemError(evaluationProblems.columnMissing(missing, where, names));
    return { rows, names, columns: await session.readColumns('table', picked) };
  } finally {
    await session.close();
  }
}

/** A column that was read. Problem `column-missing` for one that was not asked for. */
export function columnOf(table: TestTable, name: string, where: string): readonly Cell[] {
  const column = table.columns[name];
  if (column === undefined) throw new ProblemError(evaluationProblems.columnMissing([name], where, table.names));
  return column;
}

/** The target of every row. Problem `target-incomplete` with the first row that lacks it. */
export function truthOf(table: TestTable, target: string, where: string): readonly Cell[] {
  const truth = columnOf(table, target, where);
  const isMissing = (cell: Cell) => cell === null || (typeof cell === 'number' && Number.isNaN(cell));
  const gaps = truth.filter(isMissing).length;
  if (gaps > 0) throw new ProblemError(evaluationProblems.targetGaps(target, gaps, truth.findIndex(isMissing) + 1));
  return truth;
}
