import { renderTally, type Tally } from '@model-gitops/tools';

/** What a lane has seen so far. In CI nothing may be skipped: a tool that is missing there is a failure. */
export interface Lane {
  /** A claim, and what was seen where it does not hold. */
  claim(title: string, holds: boolean, seen?: string): void;
  skip(title: string, why: string): void;
}

const maySkip = process.env.CI !== 'true' && process.env.CI !== '1';

function indented(text: string): string {
  return text
    .trim()
    .split('\n')
    .slice(-40)
    .map((line) => `       ${line}`)
    .join('\n');
}

/** Runs a lane, tells each claim, ends with the tally, and sets the exit code. What it throws is a failure. */
export async function runLane(play: (lane: Lane) => Promise<void>): Promise<void> {
  const tally = { passed: 0, failed: 0, skipped: 0 };
  const lane: Lane = {
    claim(title, holds, seen = '') {
      tally[holds ? 'passed' : 'failed'] += 1;
      console.log(`${holds ? 'ok  ' : 'FAIL'} ${title}`);
      if (!holds && seen.trim() !== '') console.log(indented(seen));
    },
    skip(title, why) {
      tally[maySkip ? 'skipped' : 'failed'] += 1;
      console.log(`${maySkip ? 'SKIP' : 'FAIL'} ${title}: ${why}`);
    },
  };
  try {
    await play(lane);
  } catch (thrown) {
    lane.claim('the lane came to its end', false, thrown instanceof Error ? thrown.stack : String(thrown));
  }
  console.log(renderTally(tally satisfies Tally));
  process.exitCode = tally.failed === 0 && tally.passed + tally.skipped > 0 ? 0 : 1;
}
