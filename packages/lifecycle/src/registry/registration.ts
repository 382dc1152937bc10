import { digestOfArtifacts, operationDigest, type VersionFacts } from '@model-gitops/registry';
import type { ModelConfig } from '../config/types.ts';
import type { ArtifactFacts, DatasetFacts, EvaluateDocument, Figure, GateResult, Run } from '../documents.ts';
import type { Outcome } from '../verdict.ts';

/** What is to be registered, measured and judged by the steps before. */
export interface RegistrationRequest {
  readonly model: string;
  /** null without a model.yaml: there are no gates then. */
  readonly config: ModelConfig | null;
  /** `path` is where the bytes lie now, as the store can open it. */
  readonly artifacts: readonly ArtifactFacts[];
  /** Only where the user named it: `1.4.0`. */
  readonly version: string | null;
  readonly evaluation: EvaluateDocument | null;
  /** What the training script or the user said; never seen by gates as `metrics`. */
  readonly reportedMetrics: Readonly<Record<string, Figure>> | null;
  readonly data: readonly DatasetFacts[];
  readonly features: { readonly definition: string | null; readonly columns: readonly string[] } | null;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly run: Run | null;
  readonly scan: {
    readonly verdict: 'safe' | 'suspicious' | 'dangerous' | 'unscannable';
    readonly scannerVersion: string;
  } | null;
  /** Inputs and outputs as the model file declares them. */
  readonly signature: unknown;
  readonly commit: {
    readonly head: string | null;
    readonly dirty: readonly string[];
    readonly workflowRun: string | null;
  };
  readonly dryRun: boolean;
  /** Not pushed to a remote: said in the answer. */
  readonly local: boolean;
}

/** Parameters of the run, with those that the user named over them. */
export function parametersOf({
  run,
  parameters,
}: RegistrationRequest): Readonly<Record<string, string | number | boolean>> {
  return { ...run?.parameters, ...parameters };
}

/** What of an evaluation is the same each time: no timings, no paths. */
function stableEvaluation({ evaluation, reportedMetrics }: RegistrationRequest): unknown {
  if (evaluation === null) return { reported: reportedMetrics };
  return { metrics: evaluation.metrics, rows: evaluation.rows, data: evaluation.data?.sha256 ?? null };
}

/** The operation as if the user had named `version` (null: had named none). */
export function operationOf(request: RegistrationRequest, version: string | null): string {
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  return operationDigest({
    model: request.model,
    version,
    artifacts: request.artifacts.map(({ name, sha256 }) => ({ name, sha256 })).sort(byName),
    data: request.data.map(({ name, sha256 }) => ({ name, sha256 })).sort(byName),
    features: request.features?.definition ?? null,
    parameters: parametersOf(request),
    trainingKey: request.run?.key ?? null,
    evaluation: stableEvaluation(request),
  });
}

export function digestOf(request: RegistrationRequest): string {
  return digestOfArtifacts(request.artifacts);
}

export function versionFactsOfRequest(request: RegistrationRequest): VersionFacts {
  return {
    signature: request.signature ?? null,
    features: { definition: request.features?.definition ?? null, columns: request.features?.columns ?? [] },
    code: request.run?.code.sha256 ?? null,
    parameters: parametersOf(request),
  };
}

export interface RegistrationVerdict {
  readonly outcome: Outcome;
  readonly reasons: readonly string[];
  readonly gates: readonly GateResult[];
}

function gateReasons(gates: readonly GateResult[]): string[] {
  return gates
    .filter(({ passed, state, level }) => !passed && state !== 'not-applicable' && level === 'error')
    .map((gate) => `gate failed: ${gate.if} (${gate.reason})`);
}

/** May these bytes become a version? Gates that nothing was evaluated for are inconclusive, never passed. */
export function judgeRegistration({ evaluation, config, scan }: RegistrationRequest): RegistrationVerdict {
  const gates = evaluation?.gates ?? [];
  if (scan?.verdict === 'dangerous')
    return { outcome: 'fail', reasons: ['the scan found the model file dangerous'], gates };
  const reasons = gateReasons(gates);
  if (reasons.length > 0) return { outcome: 'fail', reasons, gates };
  const isBlocking = (config?.gates ?? []).some((gate) => gate.level === 'error');
  if (evaluation === null && isBlocking)
    return {
      outcome: 'inconclusive',
      reasons: ['there are gates, and no evaluation that they could be judged on'],
      gates,
    };
  const unjudged = (config?.gates ?? []).filter(
    (gate) => gate.level === 'error' && !gates.some((judged) => judged.if === gate.expression),
  );
  if (unjudged.length > 0)
    return { outcome: 'inconclusive', reasons: unjudged.map((gate) => `gate not judged: ${gate.expression}`), gates };
  if (evaluation !== null && evaluation.outcome !== 'pass')
    return { outcome: evaluation.outcome, reasons: [`the evaluation is ${evaluation.outcome}`], gates };
  return { outcome: 'pass', reasons: [], gates };
}
