import { measureEverySource, measureFiles } from '../code-files.ts';
import { findTable } from '../data-files.ts';
import type { ArtifactFacts, DatasetFacts, Figure, TrainDocument } from '../documents.ts';
import type { CommandRunner, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { describeEnvironment, toMilliseconds } from './environment.ts';
import { findLocks, measureLocks } from './locks.ts';
import { measureArtifact } from './measure-artifact.ts';
import { parseMetrics } from './metrics-file.ts';
import { trainProblems } from './problems.ts';
import { type Ingredients, keyOf, type Parameters, plainParameters } from './training-key.ts';

/** A command without a model.yaml, and what its caller says of it. Paths are relative to the root of the repository. */
export interface CommandRecordRequest {
  readonly command: string;
  /** Where it runs; '' is the root of the repository. */
  readonly folder: string;
  /** What the document calls it. */
  readonly name: string;
  readonly parameters: Parameters;
  readonly seed: number | null;
  /** Name -> file, folder or glob. */
  readonly data: Readonly<Record<string, string>>;
  /** Globs; none: every source file of the repository. */
  readonly code: readonly string[];
  /** None: those that lie in the folder or at the root of the repository. */
  readonly locks: readonly string[];
  /** Files that the command writes; null: the model files in the folder that are new or other than before. */
  readonly artifacts: readonly string[] | null;
  /** A JSON object of numbers; null: metrics.json in the folder, if it is new or other than before. */
  readonly metrics: string | null;
  readonly commit: { readonly head: string | null; readonly dirty: readonly string[] };
  readonly workflowRun: string | null;
}

export interface CommandRecordPorts {
  readonly workspace: Workspace;
  readonly commands: CommandRunner;
  readonly onLine?: (line: string) => void;
}

const modelFiles = '**/*.{onnx,pkl,pickle,joblib,pt,pth,h5,hdf5,keras,safetensors,gguf,npy,npz}';

type Digests = ReadonlyMap<string, string>;

function inFolder(folder: string, path: string): string {
  return folder === '' ? path : `${folder}/${path}`;
}

/** Digests of what the command may be about to write. */
async function lookAround({ folder }: CommandRecordRequest, workspace: Workspace): Promise<Digests> {
  const paths = [...(await workspace.list([modelFiles], folder)), inFolder(folder, 'metrics.json')];
  const digests = new Map<string, string>();
  for (const path of paths) {
    const facts = await workspace.measure(path);
    if (facts?.kind === 'file') digests.set(path, facts.sha256);
  }
  return digests;
}

async function readMetrics(request: CommandRecordRequest, isNew: (path: string) => boolean, workspace: Workspace) {
  const found = inFolder(request.folder, 'metrics.json');
  const path = request.metrics ?? (isNew(found) ? found : null);
  if (path === null) return {} as Readonly<Record<string, Figure>>;
  const text = await workspace.readText(path);
  if (text === null) throw new ProblemError(trainProblems.metricsNotWritten(path, request.command, undefined));
  return parseMetrics(text, path);
}

async function readArtifacts(
  { artifacts, command }: CommandRecordRequest,
  written: readonly string[],
  workspace: Workspace,
): Promise<readonly ArtifactFacts[]> {
  const found: ArtifactFacts[] = [];
  for (const path of artifacts ?? written) {
    const artifact = await measureArtifact(workspace, path);
    if (artifact !== null) found.push(artifact);
    else if (artifacts !== null) throw new ProblemError(trainProblems.artifactMissing(path, command));
  }
  return found;
}

async function measureIngredients(request: CommandRecordRequest, workspace: Workspace) {
  const data: DatasetFacts[] = [];
  for (const [name, pattern] of Object.entries(request.data))
    data.push((await findTable(workspace, { name, pattern, parseDates: [] })).facts);
  const { command, parameters, seed, code, locks, folder } = request;
  return {
    command,
    parameters,
    seed,
    code: code.length > 0 ? await measureFiles(workspace, { globs: code }) : await measureEverySource(workspace),
    locks: locks.length > 0 ? await measureLocks(workspace, locks) : await findLocks(workspace, folder),
    data,
    features: null,
  } satisfies Ingredients;
}

function environmentOf({ name, parameters, seed }: CommandRecordRequest): Record<string, string> {
  return {
    MODEL_GITOPS_MODEL: name,
    MODEL_GITOPS_PARAMETERS: JSON.stringify(plainParameters(parameters)),
    ...(seed === null ? {} : { MODEL_GITOPS_SEED: String(seed) }),
  };
}

/**
 * Runs any command and says what it ran on and what it wrote: parameters, metrics, artifacts, environment, data, code.
 * Everything that it ran on is measured before. Writes nothing itself: the document is the record.
 * A command that fails is the outcome `fail`. Problems: `artifact-missing`, `metrics-not-written`, `metrics-unreadable`,
 * `lock-missing`, and those of `findTable`.
 */
export async function recordCommand(request: CommandRecordRequest, ports: CommandRecordPorts): Promise<TrainDocument> {
  const { workspace, commands, onLine } = ports;
  const { command, folder, commit, workflowRun } = request;
  const { features: _, ...ingredients } = await measureIngredients(request, workspace);
  const before = await lookAround(request, workspace);
  const env = environmentOf(request);
  const result = await commands.run({ command, cwd: folder, env, ...(onLine === undefined ? {} : { onLine }) });
  const told = {
    schema: 'model-gitops/run/1',
    model: request.name,
    reused: false,
    recorded: false,
    notRecordedBecause: null,
    commandExitCode: result.exitCode,
  } as const;
  if (result.exitCode !== 0) return { ...told, outcome: 'fail', run: null, lastLines: result.lastLines };
  const after = await lookAround(request, workspace);
  const isNew = (path: string) => after.has(path) && after.get(path) !== before.get(path);
  const written = [...after.keys()].filter((path) => isNew(path) && !path.endsWith('metrics.json'));
  const key = keyOf({ ...ingredients, features: null });
  const { locks, ...madeOf } = ingredients;
  return {
    ...told,
    outcome: 'pass',
    run: {
      ...madeOf,
      id: `run-${key.slice(0, 12)}`,
      key,
      parameters: plainParameters(request.parameters),
      metrics: await readMetrics(request, isNew, workspace),
      artifacts: await readArtifacts(request, written, workspace),
      environment: await describeEnvironment({ command, cwd: folder, locks }, commands),
      features: { sha256: null },
      commit: commit.head,
      dirty: commit.dirty.length > 0,
      workflowRun,
      seconds: toMilliseconds(result.seconds),
    },
  };
}
