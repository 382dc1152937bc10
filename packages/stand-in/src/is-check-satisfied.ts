import type { Conclusion } from './records/checks.ts';
import type { Repository, RequiredCheck } from './records/repositories.ts';
import type { State } from './state.ts';

const passing: readonly (Conclusion | null)[] = ['success', 'neutral', 'skipped'];

/** `expected`: nobody who counts has reported it yet, so the merge waits. */
export type CheckState = 'satisfied' | 'failing' | 'expected';

/** The newest report of that name counts: a check run, or a commit status where no app is asked for. */
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
  const status = state.statuses.findLast((one) => isHere(one) && one.commit === head && one.context === context);
  if (status === undefined || appId !== null) return 'expected';
  return status.state === 'success' ? 'satisfied' : status.state === 'pending' ? 'expected' : 'failing';
}

export const isCheckSatisfied = (state: State, repository: Repository, head: string, check: RequiredCheck): boolean =>
  judgeRequiredCheck(state, repository, head, check) === 'satisfied';
