export type TensorType =
  | 'float32'
  | 'float64'
  | 'float16'
  | 'int8'
  | 'int16'
  | 'int32'
  | 'int64'
  | 'uint8'
  | 'uint16'
  | 'uint32'
  | 'uint64'
  | 'bool'
  | 'string';

export interface Tensor {
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Row-major. 64-bit integers are bigint, strings are string. */
  readonly data:
    | readonly number[]
    | Float32Array
    | Float64Array
    | readonly bigint[]
    | readonly string[]
    | readonly boolean[];
}

export interface TensorInfo {
  readonly name: string;
  /** null where the model declares something else than a tensor (sequence, map). */
  readonly type: TensorType | null;
  /** null for a dimension that is free. */
  readonly shape: readonly (number | null)[];
}

export interface LoadedModel {
  readonly inputs: readonly TensorInfo[];
  readonly outputs: readonly TensorInfo[];
  /** Problem `model-run-failed` when the engine refuses the tensors; `unsupported-output` for maps and sequences (ZipMap). */
  run(inputs: Readonly<Record<string, Tensor>>): Promise<Readonly<Record<string, Tensor>>>;
  close(): Promise<void>;
}

/** Loads an ONNX file and computes its outputs. Nothing else is ever executed. */
export interface ModelRunner {
  /** Problems: `model-unreadable` (not ONNX, damaged, unknown operator set), `engine-missing` (kind could-not-run). */
  load(path: string): Promise<LoadedModel>;
}
