import { describe, expect, it } from 'vitest';
import { judgeLane } from './ci/run-ci-lane.ts';
import { addTallies, parseTally, renderTally } from './tally.ts';

describe('a tally', () => {
  it('is read as it is written, from the last line of its form', () => {
    const tally = { passed: 12, failed: 0, skipped: 3 };
    expect(parseTally(`1 passed, 0 failed, 0 skipped\nmore\n${renderTally(tally)}\n`)).toEqual(tally);
    expect(parseTally('unit: 1 passed, 0 failed, 0 skipped  4.1 s')).toBeNull();
  });

  it('is a sum', () => {
    const one = { passed: 1, failed: 2, skipped: 3 };
    expect(addTallies([one, one])).toEqual({ passed: 2, failed: 4, skipped: 6 });
    expect(addTallies([])).toEqual({ passed: 0, failed: 0, skipped: 0 });
  });
});

describe('a lane of .ci/run', () => {
  it('is what it counted where it ended well', () => {
    expect(judgeLane({ passed: 3, failed: 0, skipped: 1 }, 0)).toEqual({ passed: 3, failed: 0, skipped: 1 });
  });

  it('has failed where it ended badly, was killed, or counted nothing', () => {
    expect(judgeLane({ passed: 3, failed: 0, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 1, skipped: 0 });
    expect(judgeLane({ passed: 3, failed: 2, skipped: 0 }, 1)).toEqual({ passed: 3, failed: 2, skipped: 0 });
    expect(judgeLane({ passed: 3, failed: 0, skipped: 0 }, null).failed).toBe(1);
    expect(judgeLane(null, 0).failed).toBe(1);
    expect(judgeLane({ passed: 0, failed: 0, skipped: 0 }, 0).failed).toBe(1);
  });
});
