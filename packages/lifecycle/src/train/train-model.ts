import type { ModelConfig } from '../config/types.ts';
import type { FeaturesDocument, Figure, Run, TrainDocument } from '../documents.ts';
import type { ArtifactStore, CommandResult, CommandRunner, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { RunLedger } from '../registry/index.ts';
import { describeEnvironment, toMilliseconds } from './environment.ts';
import { measureArtifact } from './measure-artifact.ts';
import { parseMetrics } from './metrics-file.ts';
import { checkOutputs, removeOutputs, whereOutput } from './outputs.ts';
import { trainProblems } from './problems.ts';
import { recordRun } from './record-run.ts';
import { reuseRun } from './reuse-run.ts';
import { digestOfFeatures, keyOf, type Prepared, plainParameters, readIngredients } from './training-key.ts';

export interface TrainRequest {
  readonly config: ModelConfig;
  readonly reuse: 'auto' | 'never';
  /** Over `train.seed`. */
  readonly seed: number | null;
  readonly commit: {
    /** null before the first commit. */
    readonly head: string | null;
    /** Paths that differ from it. */
    readonly dirty: readonly string[];
  };
  readonly workflowRun: string | null;
  /** What the features step left. */
  readonly features: FeaturesDocument | null;
}

export interface TrainPorts {
  readonly workspace: Workspace;
  readonly commands: CommandRunner;
  readonly store: ArtifactStore | null;
  /** null where nothing can be recorded, e.g. with a fork's token. */
  readonly runs: RunLedger | null;
  /** Receives the output of `train.run`. */
  readonly onLine?: (line: string) => void;
}

interface Training extends Prepared {
  readonly request: TrainRequest;
  readonly key: string;
}

/** Paths that differ from the commit, without what the steps write themselves. */
function dirtyPaths({ config, commit }: TrainRequest): readonly string[] {
  const { model, metrics } = config.train?.outputs ?? {};
  const isOurs = (path: string) => path === model || path === metrics || /^\.model-gitops(\/|$)/.test(path);
  return commit.dirty.filter((path) => !isOurs(path));
}

function trainEnvironment({ request, train, ingredients, tables }: Training, workspace: Workspace) {
  const { metrics, model } = train.outputs;
  const { seed, parameters } = ingredients;
  return {
    MODEL_GITOPS_MODEL: request.config.name,
    MODEL_GITOPS_PARAMETERS: JSON.stringify(plainParameters(parameters)),
    MODEL_GITOPS_MODEL_PATH: workspace.resolve(model),
    MODEL_GITOPS_TEST: tables.test.source.paths.join('\n'),
    ...(tables.train === null ? {} : { MODEL_GITOPS_TRAIN: tables.train.source.paths.join('\n') }),
    ...(metrics === undefined ? {} : { MODEL_GITOPS_METRICS_PATH: workspace.resolve(metrics) }),
    ...(seed === null ? {} : { MODEL_GITOPS_SEED: String(seed) }),
  };
}

/** Outputs of an earlier run are removed before, so that they cannot pass for new ones. */
async function runCommand(training: Training, { workspace, commands, onLine }: TrainPorts): Promise<CommandResult> {
  await removeOutputs(training.request.config, workspace);
  return commands.run({
    command: training.train.run,
    cwd: training.request.config.folder,
    env: trainEnvironment(training, workspace),
    ...(onLine === undefined ? {} : { onLine }),
  });
}

async function readMetrics(
  { request, train }: Training,
  workspace: Workspace,
): Promise<Readonly<Record<string, Figure>>> {
  const { metrics } = train.outputs;
  if (metrics === undefined) return {};
  const text = await workspace.readText(metrics);
  if (text === null)
    throw new ProblemError(trainProblems.metricsNotWritten(metrics, train.run, whereOutput(request.config, 'metrics')));
  return parseMetrics(text, metrics);
}

async function readModel({ request, train }: Training, workspace: Workspace) {
  const artifact = await measureArtifact(workspace, train.outputs.model);
  const where = whereOutput(request.config, 'model');
  if (artifact === null) throw new ProblemError(trainProblems.modelNotWritten(train.outputs.model, train.run, where));
  if (artifact.kind !== 'file') throw new ProblemError(trainProblems.outputIsFolder(artifact.path, where));
  return artifact;
}

/** What the command made, and of what. Everything is read before anything is recorded. */
async function readRun(training: Training, seconds: number, { workspace, commands }: TrainPorts): Promise<Run> {
  const { request, ingredients, tables, train, key } = training;
  const { parameters, seed, code, locks } = ingredients;
  const artifacts = [await readModel(training, workspace)];
  const metrics = await readMetrics(training, workspace);
  return {
    id: `run-${key.slice(0, 12)}`,
    key,
    command: train.run,
    parameters: plainParameters(parameters),
    seed,
    metrics,
    artifacts,
    environment: await describeEnvironment({ command: train.run, cwd: request.config.folder, locks }, commands),
    data: tables.raw,
    code,
    features: { sha256: digestOfFeatures(tables.made) },
    commit: request.commit.head,
    dirty: dirtyPaths(request).length > 0,
    workflowRun: request.workflowRun,
    seconds: toMilliseconds(seconds),
  };
}

function documentOf(config: ModelConfig) {
  return { schema: 'model-gitops/train/1', model: config.name } as const;
}

async function train(training: Training, ports: TrainPorts): Promise<TrainDocument> {
  const { request } = training;
  const { exitCode, lastLines, seconds } = await runCommand(training, ports);
  const told = { ...documentOf(request.config), reused: false, commandExitCode: exitCode };
  if (exitCode !== 0)
    return { ...told, outcome: 'fail', run: null, recorded: false, notRecordedBecause: null, lastLines };
  const run = await readRun(training, seconds, ports);
  const recorded = await recordRun({ model: request.config.name, run, dirty: dirtyPaths(request) }, ports);
  return { ...told, outcome: 'pass', ...recorded };
}

/**
 * Trains a model by the user's command, or takes the bytes of a recorded run of the same key: what a pull request
 * trained is what the merge registers. A run that is reused keeps its own commit. The command runs in the folder of
 * model.yaml with MODEL_GITOPS_TRAIN, _TEST (several files: one a line), _PARAMETERS (JSON), _SEED, _MODEL,
 * _MODEL_PATH and _METRICS_PATH. A command that fails is the outcome `fail`.
 * Problems: `model-not-written`, `metrics-not-written`, `metrics-unreadable`, `output-is-folder`, `output-is-input`, and
 * those of `trainingKey`.
 */
export async function trainModel(request: TrainRequest, ports: TrainPorts): Promise<TrainDocument> {
  const prepared = await readIngredients(request, ports.workspace);
  await checkOutputs(request.config, ports.workspace);
  const key = keyOf(prepared.ingredients);
  const wanted = { model: request.config.name, outputs: prepared.train.outputs, key };
  const earlier = request.reuse === 'never' ? null : await reuseRun(wanted, ports);
  if (earlier === null) return train({ ...prepared, request, key }, ports);
  return {
    ...documentOf(request.config),
    outcome: 'pass',
    run: earlier,
    reused: true,
    recorded: true,
    notRecordedBecause: null,
    commandExitCode: null,
  };
}
