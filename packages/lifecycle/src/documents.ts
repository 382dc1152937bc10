import type { Outcome } from './verdict.ts';

/**
 * The JSON documents by which the steps hand over, under `.model-gitops/<model>/`: data.json, features.json, run.json,
 * evaluation.json. Public (contracts.md): add fields freely, never rename or remove.
 */

/** Figures that JSON lacks travel as these strings; undefined figures are null with a note. */
export type Figure = number | 'NaN' | 'Infinity' | '-Infinity' | null;

/** A dataset as it was read. */
export interface DatasetFacts {
  readonly name: string;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly rows?: number;
}

/** GX's result for one expectation, in suite order. */
export interface ExpectationResult {
  readonly success: boolean;
  readonly expectation_config: {
    readonly type: string;
    readonly kwargs: Readonly<Record<string, unknown>>;
    readonly meta: Readonly<Record<string, unknown>>;
    readonly severity: 'critical' | 'warning' | 'info';
  };
  readonly result: Readonly<Record<string, unknown>>;
  readonly exception_info: { readonly raised_exception: boolean; readonly exception_message: string | null };
  /** Where the expectation is written: ours, beside GX's fields. */
  readonly position?: { readonly file: string; readonly line: number };
}

export interface DataProfile {
  readonly rows: number;
  readonly columns: readonly {
    readonly name: string;
    readonly type: string;
    readonly missing: number;
    readonly distinct: number;
    readonly min?: Figure | string;
    readonly max?: Figure | string;
    readonly mean?: Figure;
  }[];
}

export interface ValidateDocument {
  readonly schema: 'model-gitops/validate/1';
  readonly outcome: Outcome;
  readonly success: boolean;
  readonly suite_name: string | null;
  readonly statistics: {
    readonly evaluated_expectations: number;
    readonly successful_expectations: number;
    readonly unsuccessful_expectations: number;
    readonly success_percent: number | null;
  };
  readonly results: readonly ExpectationResult[];
  readonly profile: DataProfile;
}

/** data.json: one validation for each dataset of a model. */
export interface DataDocument {
  readonly schema: 'model-gitops/validate-data/1';
  readonly outcome: Outcome;
  readonly model: string;
  readonly datasets: readonly (DatasetFacts & { readonly validation: ValidateDocument })[];
}

export interface FeaturesDocument {
  readonly schema: 'model-gitops/features/1';
  readonly outcome: Outcome;
  readonly model: string;
  /** Digest of the SQL text or command; null where the model uses its data as it is. */
  readonly definition: {
    readonly kind: 'sql' | 'command' | 'none';
    readonly path: string | null;
    readonly sha256: string | null;
  };
  readonly inputs: readonly DatasetFacts[];
  readonly outputs: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly size: number;
    readonly rows: number;
    readonly columns: readonly { readonly name: string; readonly kind: string }[];
  }[];
  readonly cached: boolean;
  /** Digest of everything that the outputs depend on; the same key is not computed again. */
  readonly key?: string;
}

export interface ArtifactFacts {
  readonly name: string;
  readonly kind: 'file' | 'directory' | 'reference';
  readonly format: string;
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
  readonly uri?: string;
}

export interface Run {
  /** `run-<first 12 hex digits of key>`. */
  readonly id: string;
  /** Digest of code, locks, parameters, data, features, command and seed. */
  readonly key: string;
  readonly command: string;
  readonly parameters: Readonly<Record<string, string | number | boolean>>;
  readonly seed: number | null;
  /** What the training script said itself. */
  readonly metrics: Readonly<Record<string, Figure>>;
  readonly artifacts: readonly ArtifactFacts[];
  readonly environment: {
    readonly runtime: string;
    readonly platform: string;
    readonly locks: readonly { readonly path: string; readonly sha256: string }[];
  };
  readonly data: readonly DatasetFacts[];
  readonly code: { readonly sha256: string; readonly files: number };
  readonly features: { readonly sha256: string | null };
  /** Full hash; null outside a commit. */
  readonly commit: string | null;
  readonly dirty: boolean;
  /** The workflow run, where there is one. */
  readonly workflowRun: string | null;
  readonly seconds: number;
}

export interface TrainDocument {
  readonly schema: 'model-gitops/train/1' | 'model-gitops/run/1';
  readonly outcome: Outcome;
  readonly model: string;
  readonly run: Run | null;
  readonly reused: boolean;
  /** Whether the run event and the bytes were recorded, and if not why (a fork's token, a dirty tree). */
  readonly recorded: boolean;
  readonly notRecordedBecause: string | null;
  readonly commandExitCode: number | null;
  /** The end of the command's output, where it failed. */
  readonly lastLines?: readonly string[];
}

export interface Interval {
  readonly level: number;
  readonly low: number;
  readonly high: number;
  readonly method: string;
}

export interface GateResult {
  readonly if: string;
  readonly passed: boolean;
  /** `not-applicable`: names an environment that has no version yet; shown, not blocking. */
  readonly state: 'passed' | 'failed' | 'not-applicable';
  readonly level: 'error' | 'warn';
  readonly reason: string;
  readonly position?: { readonly file: string; readonly line: number };
}

export interface FairnessOfColumn {
  readonly betweenGroups: Readonly<Record<string, Figure>>;
  readonly toOverall: Readonly<Record<string, Figure>>;
  readonly byGroup: Readonly<Record<string, Readonly<Record<string, Figure>>>>;
  readonly aif360: Readonly<Record<string, Figure>>;
}

/** What scoring gives, before gates: pure function of labels, predictions and scores. */
export interface Scores {
  readonly task: 'binary' | 'multiclass' | 'regression';
  readonly rows: number;
  readonly metrics: Readonly<Record<string, Figure>>;
  readonly intervals: Readonly<Record<string, Interval>>;
  readonly confusionMatrix?: {
    readonly labels: readonly (string | number | boolean)[];
    readonly matrix: readonly (readonly number[])[];
  };
  readonly perClass?: Readonly<
    Record<
      string,
      { readonly precision: Figure; readonly recall: Figure; readonly f1: Figure; readonly support: number }
    >
  >;
  readonly fairness: Readonly<Record<string, FairnessOfColumn>>;
  readonly slices: Readonly<
    Record<
      string,
      Readonly<Record<string, { readonly rows: number; readonly metrics: Readonly<Record<string, Figure>> }>>
    >
  >;
  /** Why a figure is null or was left out, by its path: `metrics.roc_auc`. */
  readonly notes: Readonly<Record<string, string>>;
}

export interface EvaluateDocument extends Scores {
  readonly schema: 'model-gitops/evaluate/1';
  readonly outcome: Outcome;
  /** Set in evaluation.json of a configured model; absent for a bare `evaluate`. */
  readonly modelName?: string;
  readonly gates: readonly GateResult[];
  readonly model?: {
    readonly path: string;
    readonly format: string;
    readonly sha256: string;
    readonly sizeBytes: number;
    readonly inputs: readonly unknown[];
    readonly outputs: readonly unknown[];
  };
  /** What the scanner found in the model file, before anything loaded it. */
  readonly scan?: {
    readonly verdict: 'safe' | 'suspicious' | 'dangerous' | 'unscannable';
    readonly scannerVersion: string;
    readonly findings: readonly {
      readonly rule: string;
      readonly severity: 'critical' | 'warning' | 'info';
      readonly where: string;
      readonly what: string;
    }[];
  };
  readonly performance?: { readonly rowsPerSecond: number; readonly p50Ms: number; readonly p95Ms: number };
  readonly reported?: Readonly<Record<string, Figure>>;
  readonly data?: DatasetFacts;
  /** Digest of what model.yaml says of how to evaluate: target, groups, slices, scoring. */
  readonly definition?: string;
  readonly champion?: {
    readonly environment: string;
    readonly version: string;
    readonly metrics: Readonly<Record<string, Figure>>;
  };
  readonly commit?: string | null;
}
