import type { Cell } from '../ports/index.ts';
import type { Predictions } from './interpret-predictions.ts';

/** RFC 4180: quoted where a comma, quote or line break would be read as structure. */
function field(cell: Cell): string {
  const text = cell === null ? '' : String(cell);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A table of predictions in row order: `prediction`, then `score` or one `score_<label>` a label. */
export function renderPredictions({ prediction, score, scores }: Predictions): string {
  const named: (readonly [string, readonly Cell[]])[] = [['prediction', prediction]];
  if (score !== undefined) named.push(['score', score]);
  for (const [index, label] of (scores?.labels ?? []).entries())
    named.push([`score_${label}`, scores?.columns[index] ?? []]);
  const rows = prediction.map((_, row) => named.map(([, column]) => field(column[row] ?? null)).join(','));
  return `${[named.map(([name]) => field(name)).join(','), ...rows].join('\r\n')}\r\n`;
}
