import type { Figure } from '../../documents.ts';

/** A figure by name. `note` says why it is undefined (NaN), or what to know of it where it is a number. */
export interface Entry {
  readonly name: string;
  readonly value: number;
  readonly note?: string | undefined;
}

export interface Figures {
  readonly figures: Readonly<Record<string, Figure>>;
  /** By `<path>.<name>`. */
  readonly notes: Readonly<Record<string, string>>;
}

/** As JSON holds it: NaN is null, infinities are texts. */
function figureOf(value: number): Figure {
  if (Number.isNaN(value)) return null;
  if (Number.isFinite(value)) return value;
  return value > 0 ? 'Infinity' : '-Infinity';
}

const unexplained = 'undefined for these rows: nothing to divide by';

/** An entry whose note is only of interest where the figure is undefined. */
export function undefinedWhere(name: string, value: number, because: string): Entry {
  return Number.isNaN(value) ? { name, value, note: because } : { name, value };
}

export function settle(entries: readonly Entry[], path: string): Figures {
  const notes = entries.flatMap(({ name, value, note }) => {
    const text = note ?? (Number.isNaN(value) ? unexplained : undefined);
    return text === undefined ? [] : [[`${path}.${name}`, text] as const];
  });
  return {
    figures: Object.fromEntries(entries.map(({ name, value }) => [name, figureOf(value)])),
    notes: Object.fromEntries(notes),
  };
}
