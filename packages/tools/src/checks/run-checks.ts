import type { Check } from './check.ts';

export interface CheckResult {
  readonly name: string;
  readonly mend: string;
  readonly found: readonly string[];
  readonly seconds: number;
}

/** A check that breaks has not been passed. */
export async function runCheck({ name, mend, find }: Check, root: string): Promise<CheckResult> {
  const start = performance.now();
  const found = await find(root).catch((cause: unknown) => [
    `the check broke: ${cause instanceof Error ? (cause.stack ?? cause.message) : String(cause)}`,
  ]);
  return { name, mend, found, seconds: (performance.now() - start) / 1000 };
}

const shown = 20;

/** A line where all is well; otherwise what was found, and what mends it. */
export function renderCheck({ name, mend, found, seconds }: CheckResult): string {
  const title = `${found.length === 0 ? '✓' : '✗'} ${name.padEnd(24)} ${seconds.toFixed(1).padStart(5)} s`;
  if (found.length === 0) return title;
  const more = found.length > shown ? [`… and ${found.length - shown} more`] : [];
  return [title, ...[...found.slice(0, shown), ...more].map((line) => `    ${line}`), `  mend: ${mend}`].join('\n');
}
