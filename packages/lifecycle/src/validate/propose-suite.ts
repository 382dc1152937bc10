import type { DataProfile } from '../documents.ts';

type ProfileColumn = DataProfile['columns'][number];

interface Proposed {
  readonly type: string;
  readonly kwargs: Readonly<Record<string, unknown>>;
}

const about = (column: string, type: string, kwargs: object = {}): Proposed => ({
  type,
  kwargs: { column, ...kwargs },
});

/** A share rounded down to whole percents, so that the data at hand keep it. */
function filledShare(missing: number, rows: number): number {
  return Math.floor(((rows - missing) / rows) * 100) / 100;
}

function missingLaw({ name, missing }: ProfileColumn, rows: number): readonly Proposed[] {
  if (missing === 0) return [about(name, 'expect_column_values_to_not_be_null')];
  const mostly = filledShare(missing, rows);
  return mostly === 0 ? [] : [about(name, 'expect_column_values_to_not_be_null', { mostly })];
}

/** Limits where there are some that JSON can hold. */
function rangeLaw({ name, type, min, max }: ProfileColumn): readonly Proposed[] {
  const isPlain = typeof min === 'number' && typeof max === 'number';
  const isDated = (type === 'date' || type === 'timestamp') && typeof min === 'string' && typeof max === 'string';
  return isPlain || isDated
    ? [about(name, 'expect_column_values_to_be_between', { min_value: min, max_value: max })]
    : [];
}

/** A text or whole-number column in which every row has a value of its own names the rows. */
function uniqueLaw({ name, type, missing, distinct, min, max }: ProfileColumn, rows: number): readonly Proposed[] {
  const isWhole = Number.isInteger(min) && Number.isInteger(max);
  const isKey = rows > 1 && missing === 0 && distinct === rows && (type === 'text' || isWhole);
  return isKey ? [about(name, 'expect_column_values_to_be_unique')] : [];
}

function columnLaws(column: ProfileColumn, rows: number): readonly Proposed[] {
  return [...missingLaw(column, rows), ...uniqueLaw(column, rows), ...rangeLaw(column)];
}

/**
 * A suite in the format of Great Expectations 1.x that these data keep: columns, missing values, ranges, keys. A start to
 * be edited: it says what the data are, not what they should be.
 */
export function proposeSuite(name: string, { rows, columns }: DataProfile): string {
  const names = columns.map((column) => column.name);
  const proposed: readonly Proposed[] = [
    { type: 'expect_table_columns_to_match_set', kwargs: { column_set: names } },
    { type: 'expect_table_row_count_to_be_between', kwargs: { min_value: rows === 0 ? 0 : 1 } },
    ...(rows === 0 ? [] : columns.flatMap((column) => columnLaws(column, rows))),
  ];
  const expectations = proposed.map(({ type, kwargs }) => ({ type, kwargs, meta: {}, severity: 'critical' }));
  return `${JSON.stringify({ name, expectations, meta: {} }, null, 2)}\n`;
}
