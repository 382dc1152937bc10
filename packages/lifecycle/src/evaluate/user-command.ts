import type { ModelConfig } from '../config/types.ts';
import type { FoundTable } from '../data-files.ts';
import type { Cell, CommandRunner, DataEngine, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Task } from './interpret-predictions.ts';
import type { RawPredictions } from './model-outputs.ts';
import { columnNames, readPredictions, resolveColumns, taskOfColumns } from './predictions-file.ts';
import { evaluationProblems } from './problems.ts';
import { readTable } from './test-table.ts';

export interface CommandPorts {
  readonly workspace: Workspace;
  readonly engine: DataEngine;
  readonly commands: CommandRunner;
  readonly onLine?: ((line: string) => void) | undefined;
}

export interface ScoringCommand {
  readonly config: ModelConfig;
  readonly command: string;
  readonly modelPath: string;
  readonly test: FoundTable;
  readonly seed: number;
}

function predictionsPath({ name, evaluate }: ModelConfig): string {
  return evaluate.predictions?.file ?? `.model-gitops/${name}/predictions.csv`;
}

/** Runs the user's scoring command. Predictions of an earlier run are emptied before, so that they cannot pass for new ones. */
async function runCommand(request: ScoringCommand, path: string, { workspace, commands, onLine }: CommandPorts) {
  if ((await workspace.measure(path)) !== null) await workspace.writeText(path, '');
  const { exitCode, lastLines } = await commands.run({
    command: request.command,
    cwd: request.config.folder,
    env: {
      MODEL_GITOPS_MODEL_PATH: workspace.resolve(request.modelPath),
      MODEL_GITOPS_TEST: request.test.source.paths.join('\n'),
      MODEL_GITOPS_PREDICTIONS: workspace.resolve(path),
      MODEL_GITOPS_SEED: String(request.seed),
    },
    ...(onLine === undefined ? {} : { onLine }),
  });
  if (exitCode === 0) return;
  throw new ProblemError(evaluationProblems.commandFailed(request.command, exitCode, lastLines), { kind: 'refused' });
}

/**
 * Predictions of a model that is not ONNX, by the user's own command: nothing but that command ever loads the file.
 * Problems: `evaluate-run-failed` (refused), `predictions-missing`, `predictions-rows`, `column-missing`.
 */
export async function scoreByCommand(
  request: ScoringCommand,
  truth: readonly Cell[],
  ports: CommandPorts,
): Promise<{ readonly raw: RawPredictions; readonly task: Task | undefined }> {
  const { config, command } = request;
  const path = predictionsPath(config);
  await runCommand(request, path, ports);
  const written = await ports.workspace.measure(path);
  if (written === null || written.size === 0)
    throw new ProblemError(evaluationProblems.predictionsMissing(path, command));
  const { file: _, ...named } = config.evaluate.predictions ?? { file: path };
  const source = { paths: [ports.workspace.resolve(path)], format: formatOfPredictions(path) } as const;
  const table = await readTable(ports.engine, { source, where: path }, (names) =>
    columnNames(resolveColumns(named, names)),
  );
  if (table.rows !== truth.length)
    throw new ProblemError(evaluationProblems.predictionRows(path, table.rows, truth.length));
  const columns = resolveColumns(named, table.names);
  const task = config.evaluate.task ?? taskOfColumns(truth, columns, config.features.target ?? '');
  return { raw: readPredictions(table, columns, { task, where: path }), task };
}

function formatOfPredictions(path: string): 'csv' | 'parquet' | 'jsonl' {
  return path.endsWith('.parquet') ? 'parquet' : path.endsWith('.jsonl') ? 'jsonl' : 'csv';
}
