import type { DataProfile, Figure } from '../documents.ts';
import type { Aggregate, Cell, ColumnDescription, Measured } from '../ports/index.ts';
import type { TableFacts } from './expectation.ts';
import { shownCell } from './table-facts.ts';

type ProfileColumn = DataProfile['columns'][number];

/** What a profile asks of each column; how great and how small only where that says something. */
function askColumn({ name, kind }: ColumnDescription): readonly Aggregate[] {
  const counts = [
    { kind: 'missing', column: name },
    { kind: 'distinct', column: name },
  ] as const;
  if (kind === 'text' || kind === 'other' || kind === 'boolean') return counts;
  const ends = [
    { kind: 'least', column: name },
    { kind: 'greatest', column: name },
  ] as const;
  return kind === 'number' ? [...counts, ...ends, { kind: 'mean', column: name }] : [...counts, ...ends];
}

function profiled(
  { name, kind }: ColumnDescription,
  [missing, distinct, ...figures]: readonly Measured[],
): ProfileColumn {
  const [min, max, mean] = (figures as readonly Cell[]).map((cell) => shownCell(cell) as Figure);
  return {
    name,
    type: kind,
    missing: Number(missing ?? 0),
    distinct: Number(distinct ?? 0),
    ...(min === undefined ? {} : { min }),
    ...(max === undefined ? {} : { max }),
    ...(mean === undefined ? {} : { mean }),
  };
}

/** The questions that describe a table, and how their answers become a profile. */
export function profileQuestion({ rows, columns }: TableFacts) {
  const asked = columns.map(askColumn);
  return {
    ask: asked.flat(),
    profile(answers: readonly Measured[]): DataProfile {
      let at = 0;
      const described = columns.map((column, index) => {
        const count = asked[index]?.length ?? 0;
        at += count;
        return profiled(column, answers.slice(at - count, at));
      });
      return { rows, columns: described };
    },
  };
}
