import type { Cell, DataEngine, TableSource } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { Columns } from './model-inputs.ts';
import { evaluationProblems } from './problems.ts';

/** The rows that a model is judged on, as far as somebody asked for their columns. */
export interface TestTable {
  readonly rows: number;
  /** All columns of the table, in its order. */
  readonly names: readonly string[];
  readonly columns: Columns;
}

/** Reads the columns that `wanted` picks from the table's own. Problems: `column-missing`, `data-empty`. */
export async function readTable(
  engine: DataEngine,
  { source, where }: { readonly source: TableSource; readonly where: string },
  wanted: (names: readonly string[]) => readonly string[],
): Promise<TestTable> {
  const session = await engine.open({ table: source });
  try {
    const { rows, columns } = await session.describe('table');
    if (rows === 0) throw new ProblemError(evaluationProblems.dataEmpty(where));
    const names = columns.map(({ name }) => name);
    const picked = [...new Set(wanted(names))];
    const missing = picked.filter((name) => !names.includes(name));
    if (missing.length > 0) throw new ProblemError(evaluationProblems.columnMissing(missing, where, names));
    return { rows, names, columns: await session.readColumns('table', picked) };
  } finally {
    await session.close();
  }
}

/** A column that was read. Problem `column-missing` for one that was not asked for. */
export function columnOf(table: TestTable, name: string, where: string): readonly Cell[] {
  const column = table.columns[name];
  if (column === undefined) throw new ProblemError(evaluationProblems.columnMissing([name], where, table.names));
  return column;
}

/** The target of every row. Problem `target-incomplete` with the first row that lacks it. */
export function truthOf(table: TestTable, target: string, where: string): readonly Cell[] {
  const truth = columnOf(table, target, where);
  const isMissing = (cell: Cell) => cell === null || (typeof cell === 'number' && Number.isNaN(cell));
  const gaps = truth.filter(isMissing).length;
  if (gaps > 0) throw new ProblemError(evaluationProblems.targetGaps(target, gaps, truth.findIndex(isMissing) + 1));
  return truth;
}
