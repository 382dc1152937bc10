import type { ModelConfig } from '../config/types.ts';
import type { FoundTable } from '../data-files.ts';
import type { FeaturesDocument } from '../documents.ts';
import type { CommandRunner, DataEngine, TableDescription, TableSource, Workspace } from '../ports/index.ts';
import { positionOf } from '../position-of.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { Definition } from './definition.ts';
import { featureProblems } from './problems.ts';

export interface FeaturePorts {
  readonly workspace: Workspace;
  readonly engine: DataEngine;
  readonly commands: CommandRunner;
  /** Receives the output of `features.run`. */
  readonly onLine?: (line: string) => void;
}

export type Output = FeaturesDocument['outputs'][number];

export interface Wanted {
  readonly config: ModelConfig;
  readonly definition: Definition;
  readonly inputs: readonly FoundTable[];
}

type DefinedAs<Kind extends Definition['kind']> = Wanted & { readonly definition: Extract<Definition, { kind: Kind }> };

function featuresFolder({ name }: ModelConfig): string {
  return `.model-gitops/${name}/features`;
}

/** Where the features of one table are written. */
function outputPath(config: ModelConfig, table: string): string {
  return `${featuresFolder(config)}/${table}.${config.features.format}`;
}

/** What a table holds, as the engine reads it. */
export async function describeTable(engine: DataEngine, source: TableSource): Promise<TableDescription> {
  const session = await engine.open({ table: source });
  try {
    return await session.describe('table');
  } finally {
    await session.close();
  }
}

function outputOf(facts: Omit<Output, 'rows' | 'columns'>, { rows, columns }: TableDescription): Output {
  const { name, path, sha256, size } = facts;
  return {
    name,
    path,
    sha256,
    size,
    rows,
    columns: columns.map((column) => ({ name: column.name, kind: column.kind })),
  };
}

/** The engine names the sentence; the file is ours to name. */
function inFile(thrown: unknown, path: string): unknown {
  if (!(thrown instanceof ProblemError)) return thrown;
  const named = (problem: Problem) =>
    problem.code === 'sql-failed' ? { ...problem, file: problem.file ?? path } : problem;
  return new ProblemError(thrown.problems.map(named), { kind: thrown.kind, cause: thrown });
}

async function queryTable(
  { definition, config }: DefinedAs<'sql'>,
  { source, facts }: FoundTable,
  { workspace, engine }: FeaturePorts,
): Promise<Output> {
  const path = outputPath(config, facts.name);
  const session = await engine.open({ input: source }, { isRepeatable: true });
  try {
    const { sql } = definition;
    const made = await session.writeQuery({ sql, to: workspace.resolve(path), format: config.features.format });
    const written = await workspace.measure(path);
    if (written === null || made.rows === 0) throw new ProblemError(featureProblems.empty(definition.path, facts.path));
    return outputOf({ ...written, name: facts.name }, made);
  } catch (thrown) {
    throw inFile(thrown, definition.path);
  } finally {
    await session.close();
  }
}

async function makeBySql(wanted: DefinedAs<'sql'>, ports: FeaturePorts): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const input of wanted.inputs) outputs.push(await queryTable(wanted, input, ports));
  return outputs;
}

function commandEnvironment({ config, inputs }: Wanted, workspace: Workspace): Record<string, string> {
  const tables = inputs.map(({ source, facts }) => [
    `MODEL_GITOPS_${facts.name.toUpperCase()}`,
    source.paths.join('\n'),
  ]);
  return {
    ...Object.fromEntries(tables),
    MODEL_GITOPS_MODEL: config.name,
    MODEL_GITOPS_FEATURES: workspace.resolve(featuresFolder(config)),
    MODEL_GITOPS_FEATURES_FORMAT: config.features.format,
  };
}

async function runCommand(wanted: DefinedAs<'command'>, { workspace, commands, onLine }: FeaturePorts): Promise<void> {
  const { command } = wanted.definition;
  const { exitCode, lastLines } = await commands.run({
    command,
    cwd: wanted.config.folder,
    env: commandEnvironment(wanted, workspace),
    ...(onLine === undefined ? {} : { onLine }),
  });
  if (exitCode === 0) return;
  throw new ProblemError(featureProblems.commandFailed(command, exitCode, lastLines), { kind: 'refused' });
}

async function readOutput(
  { config, definition }: DefinedAs<'command'>,
  { facts }: FoundTable,
  { workspace, engine }: FeaturePorts,
): Promise<Output> {
  const path = outputPath(config, facts.name);
  const written = await workspace.measure(path);
  if (written?.kind !== 'file' || written.size === 0)
    throw new ProblemError(
      featureProblems.notWritten(path, definition.command, positionOf(config, 'features.run', 'features')),
    );
  const table = await describeTable(engine, { paths: [workspace.resolve(path)], format: config.features.format });
  if (table.rows === 0) throw new ProblemError(featureProblems.empty(path, facts.path));
  return outputOf({ ...written, name: facts.name }, table);
}

async function makeByCommand(wanted: DefinedAs<'command'>, ports: FeaturePorts): Promise<readonly Output[]> {
  await runCommand(wanted, ports);
  const outputs: Output[] = [];
  for (const input of wanted.inputs) outputs.push(await readOutput(wanted, input, ports));
  return outputs;
}

/** Without a definition the data is used as it is. */
async function describeInputs({ inputs }: Wanted, { engine }: FeaturePorts): Promise<readonly Output[]> {
  const outputs: Output[] = [];
  for (const { source, facts } of inputs) {
    const table = await describeTable(engine, source);
    if (table.rows === 0) throw new ProblemError(featureProblems.dataEmpty(facts.path));
    outputs.push(outputOf(facts, table));
  }
  return outputs;
}

/** The folder is emptied first, so that nothing of an earlier run can pass for new; where making fails, it is empty again. */
async function inEmptyFolder<Made>(
  config: ModelConfig,
  workspace: Workspace,
  make: () => Promise<Made>,
): Promise<Made> {
  const folder = featuresFolder(config);
  await workspace.remove(folder);
  await workspace.writeText(`${folder}/.gitignore`, '*\n');
  try {
    return await make();
  } catch (thrown) {
    await workspace.remove(folder);
    throw thrown;
  }
}

/**
 * Makes the features of every input.
 * Problems: `sql-failed` with the file, `features-run-failed` (refused), `features-not-written`, `features-empty`, `data-empty`.
 */
export function makeFeatures(wanted: Wanted, ports: FeaturePorts): Promise<readonly Output[]> {
  const { definition, config } = wanted;
  switch (definition.kind) {
    case 'sql':
      return inEmptyFolder(config, ports.workspace, () => makeBySql({ ...wanted, definition }, ports));
    case 'command':
      return inEmptyFolder(config, ports.workspace, () => makeByCommand({ ...wanted, definition }, ports));
    case 'none':
      return describeInputs(wanted, ports);
    default:
      return definition satisfies never;
  }
}
