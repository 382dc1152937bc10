import { describe, expect, it } from 'vitest';
import { summarize, type VitestReport } from './report.ts';

const one = (status: string) => ({ status, fullName: `it ${status}`, failureMessages: ['why'] });
const file = (name: string, ...statuses: readonly string[]): VitestReport['testResults'][number] => ({
  name,
  status: statuses.includes('failed') ? 'failed' : 'passed',
  assertionResults: statuses.map(one),
});
const counts = (report: VitestReport, code: number) => {
  const { passed, failed, skipped } = summarize(report, code);
  return { passed, failed, skipped };
};

describe('a lane', () => {
  it('counts its cases', () => {
    const report = { testResults: [file('a', 'passed', 'pending'), file('b', 'passed', 'failed', 'todo')] };
    expect(counts(report, 1)).toEqual({ passed: 2, failed: 1, skipped: 2 });
    expect(summarize(report, 1).failures).toEqual([{ file: 'b', title: 'it failed', why: 'why' }]);
  });

  it('fails with a file that could not be loaded', () => {
    const broken = { name: 'c', status: 'failed', message: 'no such module', assertionResults: [] };
    expect(counts({ testResults: [file('a', 'passed'), broken] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });

  it('fails where nothing ran, or everything was skipped', () => {
    expect(counts({ testResults: [] }, 0)).toEqual({ passed: 0, failed: 1, skipped: 0 });
    expect(counts({ testResults: [file('a', 'pending')] }, 0)).toEqual({ passed: 0, failed: 1, skipped: 1 });
  });

  it('fails where vitest did, though no case failed', () => {
    expect(counts({ testResults: [file('a', 'passed')] }, 1)).toEqual({ passed: 1, failed: 1, skipped: 0 });
  });
});
