/** JSON has no NaN, infinities and big integers: they travel as text (contracts.md). */
function replaceFigure(_key: string, value: unknown): unknown {
  const lacks = typeof value === 'bigint' || (typeof value === 'number' && !Number.isFinite(value));
  return lacks ? String(value) : value;
}

/** A document as doors write it. */
export function renderDocument(document: unknown): string {
  return `${JSON.stringify(document, replaceFigure, 2)}\n`;
}
