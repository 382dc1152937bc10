import type { ModelConfig } from '../config/types.ts';
import type { Run } from '../documents.ts';
import { ProblemError } from '../problem.ts';
import { renderMetrics } from './metrics-file.ts';
import type { RunPlaces } from './record-run.ts';

interface Outputs {
  readonly model: string;
  readonly outputs: NonNullable<ModelConfig['train']>['outputs'];
  readonly key: string;
}

async function bringBack(
  run: Run,
  { model, outputs, key }: Outputs,
  { store, workspace }: RunPlaces,
): Promise<Run | null> {
  // the ledger is text that anybody with write access may have written
  const [artifact] = Array.isArray(run.artifacts) ? run.artifacts : [];
  const owner = { model, run: key };
  if (store === null || artifact?.kind !== 'file' || !(await store.has(artifact.sha256, owner))) return null;
  await store.fetch(artifact.sha256, workspace.resolve(outputs.model), owner);
  if (outputs.metrics !== undefined) await workspace.writeText(outputs.metrics, renderMetrics(run.metrics));
  return { ...run, artifacts: [{ ...artifact, path: outputs.model }] };
}

/**
 * The recorded run of a key with its bytes where training would have written them; null where there is none, where the
 * bytes are gone or damaged, or where nobody answers: then the model is trained again, and `onLine` says why.
 */
export async function reuseRun(
  wanted: Outputs,
  places: RunPlaces & { readonly onLine?: (line: string) => void },
): Promise<Run | null> {
  try {
    const run = (await places.runs?.findRun(wanted.model, wanted.key)) ?? null;
    return run === null ? null : await bringBack(run, wanted, places);
  } catch (thrown) {
    if (!(thrown instanceof ProblemError)) throw thrown;
    places.onLine?.(`No earlier run could be reused: ${thrown.message}`);
    return null;
  }
}
