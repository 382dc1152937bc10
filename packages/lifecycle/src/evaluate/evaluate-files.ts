import type { Gate } from '../config/types.ts';
import type { DatasetFacts, EvaluateDocument, Scores } from '../documents.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import type { DataEngine, Host, ModelRunner, TableSource, Workspace } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { outcomeOfGates } from './evaluate-model.ts';
import { type GateRoots, rootsOfEvaluation } from './gate-facts.ts';
import { interpretPredictions, type Predictions, type Task } from './interpret-predictions.ts';
import { type ModelFacts, readModelFacts } from './model-facts.ts';
import { renderPredictions } from './predictions-csv.ts';
import {
  columnNames,
  type PredictionColumns,
  readPredictions,
  resolveColumns,
  taskOfColumns,
} from './predictions-file.ts';
import { evaluationProblems } from './problems.ts';
import { runModel } from './run-model.ts';
import { type Breakdown, breakdownColumns, scoreTable } from './score-table.ts';
import { readTable, type TestTable, truthOf } from './test-table.ts';

/** A table that somebody named on the command line. `name` is how it is called in messages. */
export interface NamedTable {
  readonly name: string;
  readonly source: TableSource;
  readonly facts?: DatasetFacts;
}

interface EvaluateOptions extends Breakdown {
  readonly task?: Task | undefined;
  readonly positive?: string | undefined;
  readonly gates: readonly string[];
  /** Path of an earlier evaluate document; gates see it as `baseline.`. */
  readonly baseline?: string | undefined;
  readonly seed: number;
}

/** Predictions that somebody made. */
export interface EvaluatePredictions extends EvaluateOptions {
  readonly kind: 'predictions';
  readonly predictions: NamedTable;
  readonly target: string;
  readonly columns: Partial<PredictionColumns>;
}

/** An ONNX file to be run over a table. Without a target only predictions are made. */
export interface EvaluateOnnx extends EvaluateOptions {
  readonly kind: 'model';
  readonly model: string;
  readonly data: NamedTable;
  readonly target?: string | undefined;
  /** Inputs in order; default: every column but target, sensitive ones and `id`. */
  readonly features?: readonly string[] | undefined;
  readonly predictionsOut?: string | undefined;
}

export type EvaluateFilesRequest = EvaluatePredictions | EvaluateOnnx;

/** Paths are whatever `files` takes: the command line's, anywhere on the disk. */
export interface EvaluateFilesPorts {
  readonly files: Pick<Workspace, 'readText' | 'readBytes' | 'writeText' | 'measure' | 'resolve'>;
  readonly engine: DataEngine;
  readonly models: ModelRunner;
  readonly host: Host;
}

type Evaluation = Omit<EvaluateDocument, 'outcome' | 'gates'>;

async function readBaseline(path: string | undefined, files: EvaluateFilesPorts['files']): Promise<GateRoots | null> {
  if (path === undefined) return null;
  const text = await files.readText(path);
  if (text === null) throw new ProblemError(evaluationProblems.baselineMissing(path));
  try {
    const document = JSON.parse(text) as EvaluateDocument;
    if (document.schema === 'model-gitops/evaluate/1') return rootsOfEvaluation(document, null);
  } catch (cause) {
    throw new ProblemError(evaluationProblems.baseline(path), { cause });
  }
  throw new ProblemError(evaluationProblems.baseline(path));
}

function gatesOf(expressions: readonly string[]): readonly Gate[] {
  return expressions.map((expression, index) => ({
    expression,
    level: 'error',
    position: { file: '--gate', line: index + 1, column: 1 },
  }));
}

async function evaluatePredictions(request: EvaluatePredictions, { engine }: EvaluateFilesPorts): Promise<Evaluation> {
  const { name: where, source, facts } = request.predictions;
  const { target } = request;
  const table = await readTable(engine, { source, where }, (names) => [
    target,
    ...columnNames(resolveColumns(request.columns, names)),
    ...breakdownColumns(request),
  ]);
  const truth = truthOf(table, target, where);
  const columns = resolveColumns(request.columns, table.names);
  const task = request.task ?? taskOfColumns(truth, columns, target);
  const raw = readPredictions(table, columns, { task, where });
  const predictions = interpretPredictions({ raw, truth, task, positive: request.positive, scoreOrder: 'sorted' });
  const scores = scoreTable({ table, where, truth, predictions, breakdown: request, seed: request.seed });
  return { schema: 'model-gitops/evaluate/1', ...scores, ...(facts === undefined ? {} : { data: facts }) };
}

function featuresOf({ features, target, sensitive }: EvaluateOnnx, names: readonly string[]): readonly string[] {
  const others = new Set(['id', target, ...sensitive.flatMap((name) => name.split('&'))]);
  return features ?? names.filter((name) => !others.has(name));
}

/** Without a target nothing can be scored, and the document says so rather than hold figures. */
function unscored(predictions: Predictions, rows: number): Scores {
  const notes = { ...predictions.notes, metrics: 'no target was named, so only predictions were made' };
  return { task: predictions.task, rows, metrics: {}, intervals: {}, fairness: {}, slices: {}, notes };
}

function scoresOf(request: EvaluateOnnx, table: TestTable, predictions: Predictions): Scores {
  if (request.target === undefined) return unscored(predictions, table.rows);
  const where = request.data.name;
  const truth = truthOf(table, request.target, where);
  return scoreTable({ table, where, truth, predictions, breakdown: request, seed: request.seed });
}

async function runOnnx(request: EvaluateOnnx, facts: ModelFacts, table: TestTable, ports: EvaluateFilesPorts) {
  if (facts.format !== 'onnx') throw new ProblemError(evaluationProblems.noScorer(request.model, facts.format));
  const columns = featuresOf(request, table.names);
  const path = ports.files.resolve(request.model);
  return runModel({ path, table: table.columns, columns, rows: table.rows }, ports);
}

async function evaluateOnnx(request: EvaluateOnnx, ports: EvaluateFilesPorts): Promise<Evaluation> {
  const { data, target, task, positive } = request;
  const facts = await readModelFacts(ports.files, { path: request.model, sha256: null });
  const table = await readTable(ports.engine, { source: data.source, where: data.name }, (names) => [
    ...(target === undefined ? [] : [target]),
    ...featuresOf(request, names),
    ...breakdownColumns(request),
  ]);
  const { raw, ...performance } = await runOnnx(request, facts, table, ports);
  const truth = target === undefined ? null : truthOf(table, target, data.name);
  const predictions = interpretPredictions({ raw, truth, task, positive, scoreOrder: 'unknown' });
  if (request.predictionsOut !== undefined)
    await ports.files.writeText(request.predictionsOut, renderPredictions(predictions));
  const scores = scoresOf(request, table, predictions);
  const dataFacts = data.facts === undefined ? {} : { data: { ...data.facts, rows: table.rows } };
  return {
    schema: 'model-gitops/evaluate/1',
    ...scores,
    model: facts.model,
    scan: facts.scan,
    ...performance,
    ...dataFacts,
  };
}

/**
 * The bare verb `evaluate`: scores predictions that somebody made, or an ONNX file on a table, without a model.yaml.
 * Without gates the outcome is pass: nothing was asked of the figures.
 */
export async function evaluateFiles(
  request: EvaluateFilesRequest,
  ports: EvaluateFilesPorts,
): Promise<EvaluateDocument> {
  const baseline = await readBaseline(request.baseline, ports.files);
  const evaluation =
    request.kind === 'predictions' ? await evaluatePredictions(request, ports) : await evaluateOnnx(request, ports);
  const gates = judgeGates(gatesOf(request.gates), {
    current: rootsOfEvaluation(evaluation, null),
    environments: baseline === null ? {} : { baseline },
  });
  return { ...evaluation, outcome: outcomeOfGates(gates), gates };
}
