import type { VersionRecord } from '@model-gitops/registry';
import type { Environment } from '../config/types.ts';
import type { DataDocument, EvaluateDocument, FairnessOfColumn, Figure } from '../documents.ts';

/** What gates see, under each root of design.md 3. */
export interface GateRoots {
  readonly metrics: Readonly<Record<string, unknown>>;
  readonly reported: Readonly<Record<string, unknown>>;
  readonly fairness: Readonly<Record<string, unknown>>;
  readonly performance: Readonly<Record<string, unknown>>;
  readonly model: Readonly<Record<string, unknown>>;
  readonly data: Readonly<Record<string, unknown>>;
  readonly scan: Readonly<Record<string, unknown>>;
  readonly evidence: Readonly<Record<string, unknown>>;
}

/** `fairness.<column>.<measure>`: measures between groups by name, the AIF360 ones under `aif360`. */
function fairnessRoot(fairness: Readonly<Record<string, FairnessOfColumn>>): Readonly<Record<string, unknown>> {
  const columns = Object.entries(fairness);
  return Object.fromEntries(
    columns.map(([column, { betweenGroups, aif360 }]) => [column, { ...betweenGroups, aif360 }]),
  );
}

function dataRoot(evaluation: Partial<EvaluateDocument>, data: DataDocument | null): Readonly<Record<string, unknown>> {
  const datasets = (data?.datasets ?? []).map(({ name, rows, size, validation }) => [
    name,
    { rows, size, success_percent: validation.statistics.success_percent },
  ]);
  return { ...Object.fromEntries(datasets), rows: evaluation.rows, size: evaluation.data?.size };
}

/** The roots of an evaluation: the candidate's, or those of a baseline document. */
export function rootsOfEvaluation(
  evaluation: Omit<EvaluateDocument, 'outcome' | 'gates'>,
  data: DataDocument | null,
): GateRoots {
  const { model, scan } = evaluation;
  return {
    metrics: evaluation.metrics,
    reported: evaluation.reported ?? {},
    fairness: fairnessRoot(evaluation.fairness),
    performance: { ...evaluation.performance },
    model: model === undefined ? {} : { sizeBytes: model.sizeBytes, format: model.format, sha256: model.sha256 },
    data: dataRoot(evaluation, data),
    scan: scan === undefined ? {} : { verdict: scan.verdict },
    evidence: {},
  };
}

function datasetRoots(data: VersionRecord['data']): Readonly<Record<string, unknown>> {
  return Object.fromEntries(Object.entries(data).map(([name, { rows }]) => [name, { rows }]));
}

/** The roots of a registered version: what its record kept of the evaluation it was registered with. */
export function rootsOfRecord({ evaluation, artifacts, data, scan }: VersionRecord): GateRoots {
  const [model] = artifacts;
  const performance: Readonly<Record<string, Figure>> = evaluation.performance;
  return {
    metrics: evaluation.metrics,
    reported: evaluation.reported,
    fairness: evaluation.bias,
    performance,
    model: model === undefined ? {} : { sizeBytes: model.size, format: model.format, sha256: model.sha256 },
    data: { ...datasetRoots(data), rows: data.test?.rows },
    scan: scan === null ? {} : { verdict: scan.verdict },
    evidence: {},
  };
}

/** The roots of what each environment wants; null where it wants nothing yet, also where model.yaml only declares it. */
export function rootsOfEnvironments(
  declared: readonly Pick<Environment, 'name'>[],
  champions: Readonly<Record<string, VersionRecord | null>>,
): Readonly<Record<string, GateRoots | null>> {
  const names = new Set([...declared.map(({ name }) => name), ...Object.keys(champions)]);
  return Object.fromEntries(
    [...names].map((name) => {
      const record = champions[name] ?? null;
      return [name, record === null ? null : rootsOfRecord(record)];
    }),
  );
}
