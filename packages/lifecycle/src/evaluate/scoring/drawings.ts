/** Rows drawn in all for one table: what keeps intervals within a fraction of a second. */
const rowsToDraw = 3_000_000;
const most = 500;
const fewest = 100;
const mostRows = 50_000;

/** How often to draw the rows again; null for so many rows that it would take too long, and sampling noise is small. */
export function drawingsFor(rows: number): number | null {
  if (rows > mostRows) return null;
  return Math.min(most, Math.max(fewest, Math.floor(rowsToDraw / rows)));
}

export const noDrawingsNote = `no bootstrap intervals above ${mostRows} rows: sampling noise is small there`;
