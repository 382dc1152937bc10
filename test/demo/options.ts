import { parseArgs } from 'node:util';

/** What spoils the world; the step of each is where it must be noticed. */
export const breaks = ['gate', 'data', 'digest', 'four-eyes', 'stale', 'fork', 'tamper'] as const;
export type Break = (typeof breaks)[number];

export interface DemoOptions {
  /** Of the split into training and test rows, and of the draws of training. */
  readonly seed: number;
  readonly break: Break | null;
}

export const usage = `npm run demo -- [--seed <whole number>] [--break ${breaks.join('|')}]`;

/** The command line of the demo; a sentence where it is wrong. */
export function parseOptions(argv: readonly string[]): DemoOptions | string {
  try {
    const { values } = parseArgs({
      args: [...argv],
      options: { seed: { type: 'string', default: '1' }, break: { type: 'string' } },
    });
    const wanted = breaks.find((name) => name === values.break);
    if (!/^\d{1,9}$/.test(values.seed)) return `--seed takes a whole number, not "${values.seed}"`;
    if (values.break !== undefined && wanted === undefined)
      return `there is no break "${values.break}"; there are: ${breaks.join(', ')}`;
    return { seed: Number(values.seed), break: wanted ?? null };
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause);
  }
}
