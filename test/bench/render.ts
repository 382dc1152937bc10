import { type Findings, isMet, type Target } from './bench.ts';
import type { Standing } from './rounds.ts';

function rounded(value: number): string {
  return value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toPrecision(2);
}

function standingCells({ name, seconds, cpuSeconds, peakMegabytes }: Standing): readonly string[] {
  const known = (value: number, unit: string) => (Number.isNaN(value) ? '–' : `${rounded(value)} ${unit}`);
  return [name, known(seconds, 's'), known(cpuSeconds, 's'), known(peakMegabytes, 'MB')];
}

function renderTable(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  '),
  );
}

function renderTarget(target: Target): string {
  const { what, value, unit, atMost, atLeast } = target;
  const bound = atMost !== undefined ? `at most ${atMost}` : atLeast !== undefined ? `at least ${atLeast}` : null;
  const figure = `${what}: ${rounded(value)} ${unit}`;
  return bound === null ? `  ${figure}` : `${isMet(target) ? '✓' : '✗'} ${figure}, wanted ${bound}`;
}

export function renderFindings({ title, standings, targets }: Findings): string {
  const table =
    standings.length === 0 ? [] : renderTable([['', 'wall', 'CPU', 'peak memory'], ...standings.map(standingCells)]);
  return [title, ...table.map((line) => `  ${line}`), ...targets.map((target) => `  ${renderTarget(target)}`)].join(
    '\n',
  );
}
