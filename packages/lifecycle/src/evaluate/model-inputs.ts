import type { Cell, Tensor, TensorInfo, TensorType } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { evaluationProblems } from './problems.ts';

export type Columns = Readonly<Record<string, readonly Cell[]>>;

/** Which columns go into which input. */
export interface InputPlan {
  readonly inputs: readonly {
    readonly name: string;
    readonly type: TensorType;
    readonly rank: 1 | 2;
    readonly columns: readonly string[];
  }[];
  /** 1 where the model takes one row a call; null for any number. */
  readonly batch: 1 | null;
}

function widthOf({ name, shape }: TensorInfo): number | null {
  if (shape.length > 2) throw new ProblemError(evaluationProblems.inputShape(name, shape));
  return shape.length === 2 ? (shape[1] ?? null) : null;
}

function typeOf({ name, type, shape }: TensorInfo): TensorType {
  if (type === null || type === 'float16') throw new ProblemError(evaluationProblems.inputShape(name, shape));
  return type;
}

function batchOf(first: TensorInfo | undefined): 1 | null {
  const rows = first?.shape[0] ?? null;
  if (first === undefined || rows === null || rows === 1) return rows === 1 ? 1 : null;
  throw new ProblemError(evaluationProblems.inputShape(first.name, first.shape));
}

/**
 * One tensor takes all columns in order; several inputs take the column of their name each. Declared widths are held
 * against the columns, so that a model never reads a column as another. Problems `features-mismatch`, `input-unsupported`.
 */
export function planInputs(inputs: readonly TensorInfo[], columns: readonly string[]): InputPlan {
  const [first] = inputs;
  const batch = batchOf(first);
  if (first === undefined || inputs.length > 1) return { batch, inputs: planNamed(inputs, columns) };
  const width = widthOf(first);
  const wanted = first.shape.length === 1 ? 1 : width;
  if (wanted !== null && wanted !== columns.length)
    throw new ProblemError(evaluationProblems.inputMismatch(wanted, columns));
  return {
    batch,
    inputs: [{ name: first.name, type: typeOf(first), rank: first.shape.length === 1 ? 1 : 2, columns }],
  };
}

function planNamed(inputs: readonly TensorInfo[], columns: readonly string[]): InputPlan['inputs'] {
  const unknown = inputs.map(({ name }) => name).filter((name) => !columns.includes(name));
  if (unknown.length > 0) throw new ProblemError(evaluationProblems.inputUnknown(unknown, columns));
  return inputs.map((input) => {
    const width = widthOf(input);
    if (width !== null && width !== 1) throw new ProblemError(evaluationProblems.inputShape(input.name, input.shape));
    return { name: input.name, type: typeOf(input), rank: input.shape.length === 1 ? 1 : 2, columns: [input.name] };
  });
}

function unsuitable(column: string, row: number, type: string): never {
  throw new ProblemError(evaluationProblems.cell(column, row + 1, type));
}

/** Missing numbers are NaN, as tree models expect them; a text is never read as a number. */
function floatOf(cell: Cell, column: string, row: number): number {
  if (cell === null) return Number.NaN;
  if (typeof cell === 'string') return unsuitable(column, row, 'number');
  return Number(cell);
}

function integerOf(cell: Cell, column: string, row: number): bigint {
  const isWhole = typeof cell === 'bigint' || typeof cell === 'boolean' || Number.isInteger(cell);
  return isWhole ? BigInt(cell as bigint | boolean | number) : unsuitable(column, row, 'whole number');
}

function tensorData(
  type: TensorType,
  cells: (each: (cell: Cell, column: string, row: number) => void) => void,
): Tensor['data'] {
  if (type === 'string') return collect<string>(cells, (cell) => (cell === null ? '' : String(cell)));
  if (type === 'int64' || type === 'uint64') return collect(cells, integerOf);
  if (type === 'bool') return collect(cells, (cell, column, row) => integerOf(cell, column, row) !== 0n);
  if (type === 'float32' || type === 'float64') return collect(cells, floatOf);
  return collect(cells, (cell, column, row) => Number(integerOf(cell, column, row)));
}

function collect<T>(
  cells: (each: (cell: Cell, column: string, row: number) => void) => void,
  convert: (cell: Cell, column: string, row: number) => T,
): T[] {
  const converted: T[] = [];
  cells((cell, column, row) => converted.push(convert(cell, column, row)));
  return converted;
}

/** Rows `from` to `to` (exclusive) as the tensors of one call. Problem `feature-unsuitable` names column and row (1-based). */
export function tensorsOfRows(
  plan: InputPlan,
  table: Columns,
  from: number,
  to: number,
): Readonly<Record<string, Tensor>> {
  const tensors = plan.inputs.map(({ name, type, rank, columns }) => {
    const read = columns.map((column) => ({ column, cells: table[column] ?? [] }));
    const data = tensorData(type, (each) => {
      for (let row = from; row < to; row++) for (const { column, cells } of read) each(cells[row] ?? null, column, row);
    });
    const shape = rank === 1 ? [to - from] : [to - from, columns.length];
    return [name, { type, shape, data }] as const;
  });
  return Object.fromEntries(tensors);
}
