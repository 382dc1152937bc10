import { newcombeInterval } from '@model-gitops/statistics';
import type { CompareMetric } from '../registry/compare-versions.ts';
import { type Direction, directionOf, isShare } from './scoring/metric-direction.ts';

/** How good a figure is: the higher the better. */
function merit(figure: number, direction: Direction): number {
  if (direction === 'higher') return figure;
  return direction === 'lower' ? -figure : -Math.abs(figure);
}

const isBetween0And1 = (figure: number) => figure >= 0 && figure <= 1;

type Rows = Parameters<CompareMetric>[3];

/**
 * Whether two shares may differ by chance alone. Where the rows of one side are unknown it is taken to have as many as
 * the other: champion and candidate are judged on the same kind of table. Metrics that are no plain share (F1, ROC AUC)
 * are at least as uncertain as one, so what is noise for a share is noise for them.
 */
function isNoise(a: number, b: number, rows: Rows): boolean {
  const [rowsA, rowsB] = [rows.a ?? rows.b, rows.b ?? rows.a];
  if (rowsA === null || rowsB === null) return false;
  const { low, high } = newcombeInterval({ share: a, rows: rowsA }, { share: b, rows: rowsB });
  return low <= 0 && high >= 0;
}

/**
 * Which of two figures of a metric is better, the champion's (a) or the candidate's (b), by what its name means. Noise
 * is known for shares of rows only; a name that is not ours, or a figure that is missing, is `unknown`.
 */
export const compareMetrics: CompareMetric = (name, a, b, rows) => {
  const direction = directionOf(name);
  if (direction === null || typeof a !== 'number' || typeof b !== 'number') return 'unknown';
  if (!Number.isFinite(a) || !Number.isFinite(b)) return 'unknown';
  const gain = merit(b, direction) - merit(a, direction);
  if (gain === 0) return 'within-noise';
  if (isShare(name) && isBetween0And1(a) && isBetween0And1(b) && isNoise(a, b, rows)) return 'within-noise';
  return gain > 0 ? 'better' : 'worse';
};
