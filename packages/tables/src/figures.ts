import type { Aggregate, FigureKind } from '@model-gitops/lifecycle';
import { type Column, columnsNamed, shown, type Table } from './columns.ts';
import { comparableValue } from './comparable.ts';

export type ScanAggregate = Extract<Aggregate, { readonly kind: 'rows' | 'missing' | FigureKind }>;

export function isFigure(aggregate: Aggregate): aggregate is ScanAggregate {
  return aggregate.kind === 'rows' || aggregate.kind === 'missing' || aggregate.kind in figures;
}

/** Sums of many doubles are compensated, so that they hardly depend on the order of the scan; infinities are added plainly. */
function sum({ isInteger, kind }: Column, value: string, plain: string, compensated: string): string {
  if (isInteger || kind === 'boolean') return `${plain}(${value})`;
  return `CASE WHEN bool_or(isinf(${value})) THEN ${plain}(${value}) ELSE ${compensated}(${value}) END`;
}

function deviation({ isInteger, kind }: Column, value: string): string {
  if (isInteger || kind === 'boolean') return `stddev_samp(${value})`;
  return `CASE WHEN bool_or(isinf(${value})) THEN NULL ELSE stddev_samp(${value}) FILTER (WHERE isfinite(${value})) END`;
}

const figures: Readonly<Record<FigureKind, (column: Column, value: string) => string>> = {
  least: (column) => shown(column, `min(${column.value})`),
  greatest: (column) => shown(column, `max(${column.value})`),
  sum: (column, value) => sum(column, value, 'sum', 'fsum'),
  mean: (column, value) => sum(column, value, 'avg', 'favg'),
  deviation,
  median: (_, value) => `median(CAST(${value} AS DOUBLE))`,
};

/** An aggregate of the scan that all share. */
export function figureSql(table: Table, aggregate: ScanAggregate): string {
  if (aggregate.kind === 'rows') return 'count(*)';
  const [column] = columnsNamed(table, [aggregate.column]);
  if (column === undefined) return 'NULL';
  if (aggregate.kind === 'missing') return `count(*) - count(${column.value})`;
  return figures[aggregate.kind](column, comparableValue(column));
}
