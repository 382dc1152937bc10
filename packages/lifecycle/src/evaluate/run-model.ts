import type { Host, LoadedModel, ModelRunner } from '../ports/index.ts';
import { type Columns, type InputPlan, planInputs, tensorsOfRows } from './model-inputs.ts';
import { joinPredictions, type RawPredictions, readOutputs } from './model-outputs.ts';

export interface Performance {
  /** Of whole batches, one thread. */
  readonly rowsPerSecond: number;
  /** Milliseconds of a call with one row: median and 95th percentile (nearest rank). */
  readonly p50Ms: number;
  readonly p95Ms: number;
}

export interface ModelAnswer {
  readonly raw: RawPredictions;
  /** Absent where the clock did not move. */
  readonly performance?: Performance;
}

export interface ModelRun {
  readonly path: string;
  readonly table: Columns;
  readonly columns: readonly string[];
  readonly rows: number;
}

const rowsOfBatch = 8192;
const warmUpCalls = 10;
const timedCalls = 200;
/** A pass shorter than this says more of the start than of the model: it is made again and counted then. */
const shortPassMs = 200;

async function answer(model: LoadedModel, plan: InputPlan, table: Columns, from: number, to: number) {
  const outputs = await model.run(tensorsOfRows(plan, table, from, to));
  const inOrder = model.outputs.flatMap(({ name }) => outputs[name] ?? []);
  return readOutputs(inOrder, to - from);
}

async function answerAll(model: LoadedModel, plan: InputPlan, { table, rows }: ModelRun): Promise<RawPredictions> {
  const parts: RawPredictions[] = [];
  const size = plan.batch ?? rowsOfBatch;
  for (let from = 0; from < rows; from += size)
    parts.push(await answer(model, plan, table, from, Math.min(from + size, rows)));
  return joinPredictions(parts);
}

/** Nearest rank: the smallest value that at least that share of the values does not exceed. */
function percentile(sorted: readonly number[], share: number): number {
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

async function timeSingleRows(
  model: LoadedModel,
  plan: InputPlan,
  run: ModelRun,
  host: Host,
): Promise<readonly number[]> {
  const milliseconds: number[] = [];
  for (let call = -Math.min(warmUpCalls, run.rows); call < Math.min(timedCalls, run.rows); call++) {
    const row = call < 0 ? -call - 1 : call;
    const inputs = tensorsOfRows(plan, run.table, row, row + 1);
    const start = host.elapsedMs();
    await model.run(inputs);
    if (call >= 0) milliseconds.push(host.elapsedMs() - start);
  }
  return milliseconds.sort((a, b) => a - b);
}

/**
 * What a model answers for every row, and how fast: calls with one row (up to 200, the first 10 are warm-up and not
 * counted), then batches of 8192 rows.
 */
export async function runModel(
  run: ModelRun,
  { models, host }: { models: ModelRunner; host: Host },
): Promise<ModelAnswer> {
  const model = await models.load(run.path);
  try {
    const plan = planInputs(model.inputs, run.columns);
    const singleRows = await timeSingleRows(model, plan, run, host);
    const pass = async () => {
      const start = host.elapsedMs();
      const raw = await answerAll(model, plan, run);
      return { raw, milliseconds: host.elapsedMs() - start };
    };
    const first = await pass();
    const { raw, milliseconds } = first.milliseconds < shortPassMs ? await pass() : first;
    if (milliseconds <= 0) return { raw };
    const [p50Ms, p95Ms] = [percentile(singleRows, 0.5), percentile(singleRows, 0.95)];
    return { raw, performance: { rowsPerSecond: (1000 * run.rows) / milliseconds, p50Ms, p95Ms } };
  } finally {
    await model.close();
  }
}
