import type { Figure } from '../documents.ts';

/** A figure as people read it: at most four digits that say something, never rounded to a round lie (0.99996 is not 1). */
export function figureText(figure: Figure | undefined): string {
  if (figure === null || figure === undefined) return '–';
  if (typeof figure === 'string') return figure;
  const size = Math.abs(figure);
  if (Number.isInteger(figure)) return size < 10_000 ? String(figure) : countText(figure);
  if (size >= 1000) return countText(Math.round(figure));
  if (size < 0.001) return figure.toExponential(2);
  const rounded = figure.toPrecision(size >= 1 ? 4 : 3);
  return Number.isInteger(Number(rounded)) ? String(figure) : String(Number(rounded));
}

/** 20000 -> `20 000`, with a no-break space. */
export function countText(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+(?!\d))/g, '\u00a0');
}

export function percentText(percent: number): string {
  return `${percent >= 10 || percent === 0 ? Math.round(percent) : percent.toPrecision(2)} %`;
}

export function bytesText(bytes: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'];
  const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(bytes, 1)) / 3));
  const value = bytes / 1000 ** power;
  return `${power === 0 || value >= 100 ? Math.round(value) : Number(value.toPrecision(3))} ${units[power]}`;
}

export function secondsText(seconds: number): string {
  if (seconds < 60) return `${seconds < 10 ? seconds.toFixed(1) : Math.round(seconds)} s`;
  return `${Math.floor(seconds / 60)} min ${Math.round(seconds % 60)} s`;
}

/** The start of a digest, enough to recognise it. */
export function shortDigest(digest: string): string {
  return digest.replace(/^sha256:/, '').slice(0, 12);
}

/** `1 row`, `2 rows`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${countText(count)} ${count === 1 ? one : many}`;
}
