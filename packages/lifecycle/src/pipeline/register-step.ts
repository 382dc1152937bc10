import type { ModelConfig } from '../config/types.ts';
import type {
  ArtifactFacts,
  DatasetFacts,
  EvaluateDocument,
  FeaturesDocument,
  GateResult,
  TrainDocument,
} from '../documents.ts';
import { outcomeOfGates } from '../evaluate/evaluate-model.ts';
import { rootsOfEnvironments, rootsOfEvaluation } from '../evaluate/gate-facts.ts';
import { type ModelFacts, readModelFacts } from '../evaluate/model-facts.ts';
import { findTables } from '../features/find-tables.ts';
import { judgeGates } from '../gates/judge-gates.ts';
import { currentData, readHandover } from '../handover.ts';
import { ProblemError } from '../problem.ts';
import { type RegisterDocument, type RegistrationRequest, registerModel } from '../registry/index.ts';
import { trainingKey } from '../train/index.ts';
import { type Champions, readChampions } from './champions.ts';
import { checkedEvaluation } from './check-evaluation.ts';
import type { Checkout } from './checkout.ts';
import { pipelineProblems } from './problems.ts';

export interface RegisterOptions {
  readonly version: string | null;
  readonly dryRun: boolean;
}

/** The gates of an evaluation judged against what the environments want at this moment, not when it was evaluated. */
export function judgeAgain(
  config: ModelConfig,
  evaluation: EvaluateDocument,
  { champions, data }: { readonly champions: Champions; readonly data: Parameters<typeof rootsOfEvaluation>[1] },
): readonly GateResult[] {
  const environments = rootsOfEnvironments(config.environments, champions);
  return judgeGates(config.gates, { current: rootsOfEvaluation(evaluation, data), environments });
}

/** The evaluation with its gates judged anew; an evaluation that failed for another reason stays failed. */
export function withGates(evaluation: EvaluateDocument, gates: readonly GateResult[]): EvaluateDocument {
  const isFailed = (judged: readonly GateResult[]) => outcomeOfGates(judged) === 'fail';
  if (isFailed(gates)) return { ...evaluation, gates, outcome: 'fail' };
  const isByGates = evaluation.outcome === 'pass' || (evaluation.outcome === 'fail' && isFailed(evaluation.gates));
  return { ...evaluation, gates, outcome: isByGates ? 'pass' : evaluation.outcome };
}

interface Steps {
  readonly run: TrainDocument | null;
  readonly features: FeaturesDocument | null;
  readonly evaluation: EvaluateDocument | null;
  readonly data: Awaited<ReturnType<typeof readHandover<'data'>>>;
}

async function readSteps(model: string, { workspace }: Checkout): Promise<Steps> {
  return {
    data: await readHandover(workspace, model, 'data'),
    features: await readHandover(workspace, model, 'features'),
    run: await readHandover(workspace, model, 'run'),
    evaluation: await readHandover(workspace, model, 'evaluation'),
  };
}

function fileName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

async function modelOf(config: ModelConfig, steps: Steps, { workspace }: Checkout): Promise<ModelFacts> {
  const made = steps.run?.run?.artifacts.find(({ path }) => path === config.train?.outputs.model);
  const path = made?.path ?? config.model;
  if (path === undefined) throw new ProblemError(pipelineProblems.notTrained(config.name));
  return readModelFacts(workspace, { path, sha256: made?.sha256 ?? null });
}

function artifactOf({ model }: ModelFacts, { workspace }: Checkout): ArtifactFacts {
  const { path, format, sha256, sizeBytes: size } = model;
  return { name: fileName(path), kind: 'file', format, path: workspace.resolve(path), sha256, size };
}

/** The run must be of what is here now: its key is computed again from the code, locks, parameters, data and features. */
async function checkRun(config: ModelConfig, { run, features }: Steps, checkout: Checkout): Promise<void> {
  if (config.train === undefined) return;
  const made = run?.run ?? null;
  if (made === null) throw new ProblemError(pipelineProblems.notTrained(config.name));
  const key = await trainingKey({ config, features, seed: made.seed }, checkout);
  if (key !== made.key) throw new ProblemError(pipelineProblems.staleRun(config.name, made.id));
}

/** Training and test data, with the rows that validation counted. */
function datasetsOf({ run, evaluation, data }: Steps): readonly DatasetFacts[] {
  const validated = new Map((data?.datasets ?? []).map(({ validation: _, ...facts }) => [facts.name, facts]));
  const used = new Map<string, DatasetFacts>();
  for (const facts of [...(evaluation?.data === undefined ? [] : [evaluation.data]), ...(run?.run?.data ?? [])])
    used.set(facts.name, { ...facts, ...rowsOf(facts, validated.get(facts.name)) });
  for (const [name, facts] of validated) if (!used.has(name)) used.set(name, facts);
  return [...used.values()];
}

function rowsOf(facts: DatasetFacts, validated: DatasetFacts | undefined): { readonly rows?: number } {
  const rows = facts.rows ?? (validated?.sha256 === facts.sha256 ? validated.rows : undefined);
  return rows === undefined ? {} : { rows };
}

function featuresOf(config: ModelConfig, { features }: Steps): RegistrationRequest['features'] {
  const columns = config.features.columns ?? features?.outputs[0]?.columns.map(({ name }) => name) ?? [];
  return { definition: features?.definition.sha256 ?? null, columns };
}

function signatureOf({ model: { inputs, outputs } }: ModelFacts): unknown {
  return { inputs, outputs };
}

/** What was evaluated, and what validation said of it, as far as both are of what is here now. */
async function currentSteps(
  config: ModelConfig,
  steps: Steps,
  { facts, workspace }: { readonly facts: ModelFacts; readonly workspace: Checkout['workspace'] },
): Promise<Steps> {
  const { evaluation, run } = steps;
  if (evaluation === null && config.gates.length > 0)
    throw new ProblemError(pipelineProblems.notEvaluated(config.name));
  const tables = await findTables(workspace, config, steps.features);
  const data = currentData(steps.data, tables.raw);
  if (evaluation === null) return { ...steps, data };
  return { ...steps, data, evaluation: checkedEvaluation(config, { evaluation, run, facts, tables }) };
}

/**
 * Registers what the steps before made, if the gates pass now.
 * Problems: `not-trained`, `run-stale`, `not-evaluated`, `evaluation-stale`, `model-changed`, and those of registering.
 */
export async function registerStep(
  config: ModelConfig,
  options: RegisterOptions,
  checkout: Checkout,
): Promise<RegisterDocument> {
  const found = await readSteps(config.name, checkout);
  await checkRun(config, found, checkout);
  const facts = await modelOf(config, found, checkout);
  const steps = await currentSteps(config, found, { facts, workspace: checkout.workspace });
  const writer = await checkout.openWriter();
  const champions = await readChampions(writer, config.name);
  const evaluation =
    steps.evaluation === null
      ? null
      : withGates(steps.evaluation, judgeAgain(config, steps.evaluation, { champions, data: steps.data }));
  const { head, workflowRun, isLocal } = checkout;
  return registerModel(
    {
      model: config.name,
      config,
      artifacts: [artifactOf(facts, checkout)],
      version: options.version,
      evaluation,
      reportedMetrics: null,
      data: datasetsOf(steps),
      features: featuresOf(config, steps),
      parameters: {},
      run: steps.run?.run ?? null,
      scan: facts.scan,
      signature: signatureOf(facts),
      commit: { head: head.commit, dirty: await checkout.readDirty(), workflowRun },
      dryRun: options.dryRun,
      local: isLocal,
    },
    { ...writer, store: checkout.store },
  );
}
