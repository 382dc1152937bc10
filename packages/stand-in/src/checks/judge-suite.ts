import type { CheckRun, CheckSuite, Conclusion } from '../records/checks.ts';
import type { State } from '../state.ts';

/** The newest of each name: what counts when a check ran twice. */
export function latestRuns(runs: readonly CheckRun[]): CheckRun[] {
  const newest = new Map(runs.map((run) => [`${run.suite} ${run.name}`, run]));
  return runs.filter((run) => newest.get(`${run.suite} ${run.name}`) === run);
}

export const runsOf = ({ checkRuns }: State, { id }: CheckSuite): CheckRun[] =>
  latestRuns(checkRuns.filter((run) => run.suite === id));

/** The first of these that a run has is what the suite concludes. */
const weight: readonly Conclusion[] = [
  'action_required',
  'timed_out',
  'cancelled',
  'failure',
  'stale',
  'success',
  'neutral',
  'skipped',
];

export function judgeSuite(
  state: State,
  suite: CheckSuite,
): { status: CheckRun['status']; conclusion: Conclusion | null } {
  const runs = runsOf(state, suite);
  if (runs.length === 0 || runs.every(({ status }) => status === 'queued'))
    return { status: 'queued', conclusion: null };
  if (runs.some(({ status }) => status !== 'completed')) return { status: 'in_progress', conclusion: null };
  const conclusion = weight.find((one) => runs.some((run) => run.conclusion === one)) ?? null;
  return { status: 'completed', conclusion };
}
