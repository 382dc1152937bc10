import { runProgram } from '../run-program.ts';
import { parseTally, type Tally } from '../tally.ts';
import type { CiLane } from './lanes.ts';

export interface CiResult extends Tally {
  readonly name: string;
  readonly seconds: number;
}

/** A lane that ended badly has failed, whatever it counted; one that counted nothing has shown nothing. */
export function judgeLane(tally: Tally | null, exitCode: number | null): Tally {
  const counted = tally ?? { passed: 0, failed: 0, skipped: 0 };
  const isSilent = counted.passed + counted.failed + counted.skipped === 0;
  return exitCode === 0 && !isSilent ? counted : { ...counted, failed: Math.max(1, counted.failed) };
}

/** Shows what a lane prints as it comes. */
export async function runCiLane({ name, command }: CiLane, root: string): Promise<CiResult> {
  const [program = '', ...args] = command;
  const start = performance.now();
  process.stdout.write(`\n── ${name} ──\n`);
  const { code, stdout } = await runProgram({
    command: program === 'node' ? process.execPath : program,
    arguments: args,
    folder: root,
    onText: (text) => process.stdout.write(text),
  });
  return { name, seconds: (performance.now() - start) / 1000, ...judgeLane(parseTally(stdout), code) };
}

export function renderResult(result: CiResult): string {
  const skipped = result.skipped > 0 ? `, ${result.skipped} skipped` : '';
  return `${result.name}: ${result.passed} passed, ${result.failed} failed${skipped}  ${result.seconds.toFixed(0)} s`;
}
