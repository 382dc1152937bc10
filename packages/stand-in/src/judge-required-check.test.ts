import { expect, it } from 'vitest';
import { judgeRequiredCheck } from './judge-required-check.ts';
import type { CheckRun, Status } from './records/checks.ts';
import type { Repository } from './records/repositories.ts';
import { emptyState } from './state.ts';

const repository = { id: 1 } as Repository;
const run = (more: Partial<CheckRun>) =>
  ({
    repository: 1,
    head: 'h',
    name: 'gate',
    appId: 7,
    status: 'completed',
    conclusion: 'success',
    ...more,
  }) as CheckRun;
const status = (more: Partial<Status>) =>
  ({ repository: 1, commit: 'h', context: 'gate', state: 'success', creator: 'ana', ...more }) as Status;

function judge(runs: readonly CheckRun[], statuses: readonly Status[] = [], appId: number | null = 7) {
  const state = { ...emptyState(), checkRuns: [...runs], statuses: [...statuses] };
  return judgeRequiredCheck(state, repository, 'h', { context: 'gate', appId });
}

it('expects what nobody who counts has reported', () => {
  expect(judge([])).toBe('expected');
  expect(judge([run({ appId: 8 }), run({ head: 'old' }), run({ name: 'other' }), run({ repository: 2 })])).toBe(
    'expected',
  );
  expect(judge([run({ status: 'in_progress', conclusion: null })])).toBe('expected');
  expect(judge([], [status({})])).toBe('expected');
});

it('takes the newest report', () => {
  expect(judge([run({ conclusion: 'failure' }), run({})])).toBe('satisfied');
  expect(judge([run({}), run({ conclusion: 'cancelled' })])).toBe('failing');
  expect(judge([run({ conclusion: 'neutral' })])).toBe('satisfied');
});

it('takes anybody’s status where no app is named', () => {
  expect(judge([], [status({})], null)).toBe('satisfied');
  expect(judge([], [status({}), status({ state: 'pending' })], null)).toBe('expected');
  expect(judge([], [status({ state: 'error' })], null)).toBe('failing');
});
