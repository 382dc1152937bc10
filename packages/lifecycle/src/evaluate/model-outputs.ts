import type { Cell, Tensor } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { evaluationProblems } from './problems.ts';

/** What a model says of a table, in row order. */
export interface RawPredictions {
  /** Predicted labels; null where the model gives numbers only. */
  readonly labels: readonly Cell[] | null;
  /** One array a column of scores; a regression has one. Empty where there are labels only. */
  readonly scores: readonly (readonly number[])[];
}

const isFloat = ({ type }: Tensor) => type === 'float32' || type === 'float64' || type === 'float16';

/** Declared shapes can be wrong (onnxmltools), so the number of values decides. */
function isOneARow({ data }: Tensor, rows: number): boolean {
  return data.length === rows;
}

function plain(value: number | bigint | string | boolean): Cell {
  const isSafe = typeof value === 'bigint' && value >= -(2n ** 53n) && value <= 2n ** 53n;
  return isSafe ? Number(value) : value;
}

function columnsOf({ data }: Tensor, rows: number): readonly (readonly number[])[] {
  const width = data.length / rows;
  const values = Array.from(data as ArrayLike<number>, Number);
  return Array.from({ length: width }, (_, column) =>
    Array.from({ length: rows }, (_, row) => values[row * width + column] ?? Number.NaN),
  );
}

/**
 * The labels and scores among a model's outputs: the first integer, text or boolean output with one value a row, and
 * the first float output with a whole number of values a row. Problem `output-unsupported` where there is neither.
 */
export function readOutputs(outputs: readonly Tensor[], rows: number): RawPredictions {
  const label = outputs.find((tensor) => !isFloat(tensor) && isOneARow(tensor, rows));
  const score = outputs.find((tensor) => isFloat(tensor) && tensor.data.length > 0 && tensor.data.length % rows === 0);
  if (label === undefined && score === undefined)
    throw new ProblemError(evaluationProblems.outputs(`there is none with a value a row (${rows} rows)`));
  return {
    labels: label === undefined ? null : Array.from(label.data as ArrayLike<bigint | string | boolean>, plain),
    scores: score === undefined ? [] : columnsOf(score, rows),
  };
}

/** One array of many: `flatMap` takes four times as long, and a model may take one row a call. */
function joined<Value>(parts: readonly (readonly Value[])[]): readonly Value[] {
  const values: Value[] = [];
  for (const part of parts) for (const value of part) values.push(value);
  return values;
}

/** Joins what several calls answered, in order. */
export function joinPredictions(parts: readonly RawPredictions[]): RawPredictions {
  const width = parts[0]?.scores.length ?? 0;
  return {
    labels: parts.some(({ labels }) => labels === null) ? null : joined(parts.map(({ labels }) => labels ?? [])),
    scores: Array.from({ length: width }, (_, column) => joined(parts.map(({ scores }) => scores[column] ?? []))),
  };
}
