import { expect } from 'vitest';

type Figures = Readonly<Record<string, unknown>>;

/** Every expected figure is there, within 1e-9 of itself (absolutely below 1); null stays null, texts stay texts. */
export function expectFigures(found: Figures | undefined, expected: Figures): void {
  const far = Object.entries(expected).filter(([name, wanted]) => !isClose(found?.[name], wanted));
  expect(far.map(([name, wanted]) => `${name}: ${String(found?.[name])} instead of ${String(wanted)}`)).toEqual([]);
}

function isClose(found: unknown, wanted: unknown): boolean {
  if (typeof found !== 'number' || typeof wanted !== 'number') return found === wanted;
  return Math.abs(found - wanted) <= 1e-9 * Math.max(1, Math.abs(wanted));
}
