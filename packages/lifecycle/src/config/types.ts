/** Where a value stands in a file that a person wrote; 1-based. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** A table that model.yaml names. `paths` is what the globs or the folder resolved to, repository-relative and sorted. */
export interface DataInput {
  readonly name: 'train' | 'test';
  /** As resolved from model.yaml, repository-relative: a file, a folder or a glob. */
  readonly pattern: string;
}

export interface Gate {
  /** CEL, as written. */
  readonly expression: string;
  /** `warn` gates are shown and never block. */
  readonly level: 'error' | 'warn';
  readonly position: Position;
}

export interface Environment {
  readonly name: string;
  readonly approval: 'none' | 'pull-request';
  /** The environment a version must be wanted in before this one. */
  readonly after?: string;
  /** How long it must have been there, in seconds. */
  readonly soakSeconds?: number;
}

/**
 * One model.yaml after parsing, defaults and path resolution. Every path is repository-relative with forward slashes;
 * commands run in `folder`.
 */
export interface ModelConfig {
  readonly name: string;
  readonly file: string;
  readonly folder: string;
  readonly owner?: string;
  readonly description?: string;
  readonly intendedUse?: string;
  readonly license?: string;
  readonly tags: readonly string[];
  readonly data: {
    readonly train?: DataInput;
    readonly test: DataInput;
    /** Great Expectations suite file, run against `train` (and `test`, where both exist). */
    readonly expect?: string;
    readonly parseDates: readonly string[];
  };
  readonly features: {
    /** SQL file; see features/. */
    readonly sql?: string;
    /** The user's own command instead of SQL. */
    readonly run?: string;
    readonly format: 'parquet' | 'csv';
    readonly target?: string;
    readonly sensitive: readonly string[];
    /** Model inputs in order; default: every column but target, sensitive and id columns. */
    readonly columns?: readonly string[];
  };
  /** `train` or `model` is there, never neither. */
  readonly train?: {
    readonly run: string;
    readonly reuse: 'auto' | 'never';
    readonly code: readonly string[];
    readonly locks: readonly string[];
    readonly parameters: Readonly<Record<string, string | number | boolean>>;
    readonly seed?: number;
    readonly outputs: { readonly model: string; readonly metrics?: string };
  };
  /** An existing model file instead of training. */
  readonly model?: string;
  readonly evaluate: {
    /** The user's scoring command, for models that are not ONNX. */
    readonly run?: string;
    readonly predictions?: {
      readonly file: string;
      readonly prediction?: string;
      readonly score?: string;
      readonly scores?: readonly string[];
    };
    readonly task?: 'binary' | 'multiclass' | 'regression';
    readonly positive?: string;
    readonly slices: readonly string[];
  };
  readonly gates: readonly Gate[];
  readonly environments: readonly Environment[];
  /** Positions of the keys in model.yaml, by dotted path: `data.test`, `gates[1]`, `train.run`, `environments.production`. */
  readonly positions: Readonly<Record<string, Position>>;
}

/** `.github/model-gitops.yml` after parsing and defaults. */
export interface RepositoryConfig {
  readonly models: readonly string[];
  /** Folder of the pointers, default `registry`. */
  readonly registry: string;
  /** `release` or `dir:<folder>`; undefined: the default of the place. */
  readonly store?: string;
}
