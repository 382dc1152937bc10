import { digestOfValue, type VersionRecord } from '@model-gitops/registry';
import type { DatasetFacts, EvaluateDocument, Figure, Run } from '../documents.ts';
import { operationOf, parametersOf, type RegistrationRequest } from './registration.ts';

/** What is known only when the record is written. */
export interface RecordPlace {
  readonly version: string;
  readonly parent: string | null;
  readonly commit: string;
  readonly ledger: string | null;
  /** Where the store put each artifact, by name. */
  readonly uris: Readonly<Record<string, string>>;
}

function training(request: RegistrationRequest, run: Run | null): VersionRecord['training'] {
  return {
    commit: run === null ? request.commit.head : run.commit,
    key: run?.key ?? null,
    dirty: run?.dirty ?? request.commit.dirty.length > 0,
    run: run?.id ?? null,
    command: run?.command ?? null,
    parameters: { ...parametersOf(request) },
    environment: {
      runtime: run?.environment.runtime ?? null,
      platform: run?.environment.platform ?? null,
      image: null,
      locks: run?.environment.locks.map(({ path, sha256 }) => ({ path, sha256 })) ?? [],
    },
    code: run?.code.sha256 ?? null,
    seed: run?.seed ?? null,
  };
}

function datasets(data: readonly DatasetFacts[]): VersionRecord['data'] {
  return Object.fromEntries(
    data.map(({ name, path, sha256, rows }) => [
      name,
      { uri: path, sha256, rows: rows ?? null, profile: null, dvc: null },
    ]),
  );
}

function bias(evaluation: EvaluateDocument | null): Record<string, Record<string, Figure>> {
  const columns = Object.entries(evaluation?.fairness ?? {});
  return Object.fromEntries(columns.map(([column, facts]) => [column, { ...facts.betweenGroups }]));
}

function evaluationOf({ evaluation, reportedMetrics, run }: RegistrationRequest): VersionRecord['evaluation'] {
  const reported = { ...run?.metrics, ...evaluation?.reported, ...reportedMetrics };
  const hasReported = Object.keys(reported).length > 0;
  return {
    source: evaluation !== null ? 'computed' : hasReported ? 'reported' : 'none',
    metrics: { ...(evaluation?.metrics ?? reported) },
    reported,
    bias: bias(evaluation),
    performance: { ...evaluation?.performance },
    gates: (evaluation?.gates ?? []).map(({ position: _, ...gate }) => ({
      if: gate.if,
      passed: gate.passed,
      state: gate.state,
      level: gate.level,
      reason: gate.reason,
    })),
    report: evaluation === null ? null : digestOfValue(evaluation),
  };
}

/** The version record, complete: every fact that a later reader may ask for, and no path of this machine. */
export function recordOf(request: RegistrationRequest, place: RecordPlace): VersionRecord {
  const { config, run } = request;
  return {
    schema: 'model-gitops/record/1',
    model: request.model,
    version: place.version,
    description: config?.description ?? null,
    owner: config?.owner ?? null,
    intendedUse: config?.intendedUse ?? null,
    license: config?.license ?? null,
    tags: [...(config?.tags ?? [])],
    artifacts: request.artifacts.map(({ name, kind, format, sha256, size, uri }) => ({
      name,
      kind,
      format,
      sha256,
      size,
      uri: place.uris[name] ?? uri ?? '',
    })),
    signature: request.signature ?? null,
    training: training(request, run),
    registered: { commit: place.commit, run: request.commit.workflowRun },
    data: datasets(request.data),
    features: { definition: request.features?.definition ?? null, columns: [...(request.features?.columns ?? [])] },
    evaluation: evaluationOf(request),
    evidence: [],
    scan: request.scan === null ? null : { verdict: request.scan.verdict, scanner: request.scan.scannerVersion },
    lineage: { workflowRun: run?.workflowRun ?? request.commit.workflowRun, parent: place.parent },
    operation: operationOf(request, request.version),
    ledger: place.ledger,
  };
}
