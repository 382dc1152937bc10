import type { Conclusion } from './records/checks.ts';
import type { Repository, RequiredCheck } from './records/repositories.ts';
import type { State } from './state.ts';

const passing: readonly (Conclusion | null)[] = ['success', 'neutral', 'skipped'];

/** `expected`: nobody who counts has reported it yet, so the merge waits. */
export type CheckState = 'satisfied' | 'failing' | 'expected';

const botOf = (state: State, appId: number) => `${state.apps.find(({ id }) => id === appId)?.slug ?? ''}[bot]`;

/** The newest report of that name counts: a check run, otherwise a commit status; of the app alone where one is asked for. */
export function judgeRequiredCheck(
  state: State,
  repository: Repository,
  head: string,
  { context, appId }: RequiredCheck,
): CheckState {
  const isHere = (one: { repository: number }) => one.repository === repository.id;
  const run = state.checkRuns.findLast(
    (one) => isHere(one) && one.head === head && one.name === context && (appId === null || one.appId === appId),
  );
  if (run !== undefined) {
    if (run.status !== 'completed') return 'expected';
    return passing.includes(run.conclusion) ? 'satisfied' : 'failing';
  }
  const isFrom = (creator: string) => appId === null || creator === botOf(state, appId);
  const status = state.statuses.findLast(
    (one) => isHere(one) && one.commit === head && one.context === context && isFrom(one.creator),
  );
  if (status === undefined) return 'expected';
  return status.state === 'success' ? 'satisfied' : status.state === 'pending' ? 'expected' : 'failing';
}
