import type { VersionRecord } from '@model-gitops/registry';
import type { ModelConfig } from '../config/types.ts';
import type { FoundTable } from '../data-files.ts';
import type { DataDocument, EvaluateDocument, FeaturesDocument, GateResult, TrainDocument } from '../documents.ts';
import { findTables } from '../features/find-tables.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import { currentData, readHandover } from '../handover.ts';
import type { CommandRunner, DataEngine, Host, ModelRunner, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Outcome } from '../verdict.ts';
import { evaluationDefinition } from './evaluation-definition.ts';
import { rootsOfEnvironments, rootsOfEvaluation } from './gate-facts.ts';
import { interpretPredictions, type Predictions } from './interpret-predictions.ts';
import { checkIsWhole, type ModelFacts, modelPath, readModelFacts } from './model-facts.ts';
import { evaluationProblems } from './problems.ts';
import { type Performance, runModel } from './run-model.ts';
import { breakdownColumns, scoreTable } from './score-table.ts';
import { readTable, type TestTable, truthOf } from './test-table.ts';
import { scoreByCommand } from './user-command.ts';

export interface EvaluationRequest {
  readonly config: ModelConfig;
  /** The version that each environment wants; null where it has none yet. */
  readonly champions: Readonly<Record<string, VersionRecord | null>>;
  /** Of everything that is drawn (bootstrap intervals): the same seed gives the same document but for timings. */
  readonly seed: number;
}

export interface EvaluationPorts {
  readonly workspace: Workspace;
  readonly engine: DataEngine;
  readonly models: ModelRunner;
  readonly commands: CommandRunner;
  readonly host: Host;
  /** Receives the output of `evaluate.run`. */
  readonly onLine?: (line: string) => void;
}

interface Handover {
  readonly data: DataDocument | null;
  readonly features: FeaturesDocument | null;
  readonly run: TrainDocument | null;
}

interface Facts extends Handover {
  readonly test: FoundTable;
  readonly target: string;
  readonly model: ModelFacts;
}

async function readFacts({ config }: EvaluationRequest, { workspace }: EvaluationPorts): Promise<Facts> {
  const { target } = config.features;
  if (target === undefined) throw new ProblemError(evaluationProblems.targetUnnamed(config.name));
  const data = await readHandover(workspace, config.name, 'data');
  const features = await readHandover(workspace, config.name, 'features');
  const run = await readHandover(workspace, config.name, 'run');
  const { test, raw } = await findTables(workspace, config, features);
  const model = await readModelFacts(workspace, modelPath(config, run));
  checkIsWhole(model);
  return { data: currentData(data, raw), features, run, test, target, model };
}

/** The model's inputs in order: those that model.yaml lists, else every column that is neither target, sensitive nor called id. */
function featureColumns({ features }: ModelConfig, names: readonly string[]): readonly string[] {
  const others = new Set(['id', features.target, ...features.sensitive.flatMap((name) => name.split('&'))]);
  return features.columns ?? names.filter((name) => !others.has(name));
}

function breakdownOf({ features, evaluate }: ModelConfig) {
  return { sensitive: features.sensitive, slices: evaluate.slices };
}

function wantedColumns(config: ModelConfig, target: string, isOnnx: boolean) {
  return (names: readonly string[]) => [
    target,
    ...breakdownColumns(breakdownOf(config)),
    ...(isOnnx ? featureColumns(config, names) : []),
  ];
}

interface Answer {
  readonly predictions: Predictions;
  readonly performance?: Performance;
}

async function answerByModel({ request, facts, table }: Asked, ports: EvaluationPorts): Promise<Answer> {
  const { config } = request;
  const { task, positive } = config.evaluate;
  const { raw, ...performance } = await runModel(
    {
      path: ports.workspace.resolve(facts.model.model.path),
      table: table.columns,
      columns: featureColumns(config, table.names),
      rows: table.rows,
    },
    ports,
  );
  const truth = truthOf(table, facts.target, facts.test.facts.path);
  return { predictions: interpretPredictions({ raw, truth, task, positive, scoreOrder: 'unknown' }), ...performance };
}

async function answerByCommand({ request, facts, table }: Asked, ports: EvaluationPorts): Promise<Answer> {
  const { config, seed } = request;
  const { path, format } = facts.model.model;
  const command = config.evaluate.run;
  if (command === undefined) throw new ProblemError(evaluationProblems.noScorer(path, format));
  const truth = truthOf(table, facts.target, facts.test.facts.path);
  const scoring = { config, command, modelPath: path, test: facts.test, seed };
  const { raw, task } = await scoreByCommand(scoring, truth, ports);
  const { positive } = config.evaluate;
  return { predictions: interpretPredictions({ raw, truth, task, positive, scoreOrder: 'sorted' }) };
}

/** The champion shown beside the candidate: of the last environment on the way that has a version. */
function championOf({ config, champions }: EvaluationRequest): Pick<EvaluateDocument, 'champion'> {
  const environment = config.environments.map(({ name }) => name).findLast((name) => champions[name] != null);
  const record = environment === undefined ? null : champions[environment];
  if (environment === undefined || record == null) return {};
  return { champion: { environment, version: record.version, metrics: record.evaluation.metrics } };
}

/** Fail where a gate that blocks failed; a gate without figures has failed. */
export function outcomeOfGates(gates: readonly GateResult[]): Outcome {
  return gates.some(({ state, level }) => state === 'failed' && level === 'error') ? 'fail' : 'pass';
}

interface Asked {
  readonly request: EvaluationRequest;
  readonly facts: Facts;
  readonly table: TestTable;
}

/** Everything but the judgement: figures, and what they are figures of. */
function describeEvaluation({ request, facts, table }: Asked, { predictions, ...performance }: Answer) {
  const { config, seed } = request;
  const where = facts.test.facts.path;
  const truth = truthOf(table, facts.target, where);
  const scores = scoreTable({ table, where, truth, predictions, breakdown: breakdownOf(config), seed });
  const run = facts.run?.run ?? null;
  return {
    schema: 'model-gitops/evaluate/1',
    modelName: config.name,
    ...scores,
    model: facts.model.model,
    scan: facts.model.scan,
    ...performance,
    reported: run?.metrics ?? {},
    data: { ...facts.test.facts, rows: table.rows },
    definition: evaluationDefinition(config),
    ...championOf(request),
    commit: run?.commit ?? null,
  } as const;
}

/**
 * Scores a configured model on its test rows and judges its gates. An ONNX file is scored here; any other model by the
 * user's `evaluate.run`. Every metric is computed from the predictions; what the training script said is `reported`.
 * Writes nothing but what that command writes; `writeHandover` leaves the document for the next step.
 * Problems: those of `problems.ts` beside this file, of the data engine and of the model runner.
 */
export async function evaluateModel(request: EvaluationRequest, ports: EvaluationPorts): Promise<EvaluateDocument> {
  const { config } = request;
  const facts = await readFacts(request, ports);
  const isOnnx = facts.model.format === 'onnx' && config.evaluate.run === undefined;
  const source = { source: facts.test.source, where: facts.test.facts.path };
  const table = await readTable(ports.engine, source, wantedColumns(config, facts.target, isOnnx));
  const answer = isOnnx ? answerByModel : answerByCommand;
  const evaluation = describeEvaluation({ request, facts, table }, await answer({ request, facts, table }, ports));
  const gates = judgeGates(config.gates, {
    current: rootsOfEvaluation(evaluation, facts.data),
    environments: rootsOfEnvironments(config.environments, request.champions),
  });
  return { ...evaluation, outcome: outcomeOfGates(gates), gates };
}
