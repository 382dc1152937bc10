import type { Check, PullRequest } from '../ports/index.ts';
import { keptTexts } from '../texts/check-texts.ts';
import { describeOtherCheck } from '../texts/describe-check.ts';
import type { CheckWish, ReconciliationChange } from './changes.ts';
import { checkWish } from './describe-proposal.ts';
import { judgeOther } from './judge-proposal.ts';
import type { ReconciliationFacts } from './types.ts';

/** Compared with what the forge keeps of our texts. */
function isSameCheck(current: Check, wish: CheckWish, kind: ReconciliationFacts['checkKind']): boolean {
  const kept = keptTexts(kind, wish);
  const isSameText = current.title === kept.title && current.summary.trim() === kept.summary.trim();
  return current.conclusion === wish.conclusion && isSameText;
}

/** Nothing where the check on the head says it already. */
export function planCheck(
  { number, head, check: current }: Pick<PullRequest, 'number' | 'head' | 'check'>,
  check: CheckWish,
  kind: ReconciliationFacts['checkKind'],
  model: string | null,
): readonly ReconciliationChange[] {
  const found = current?.head === head.commit ? current : null;
  if (found !== null && isSameCheck(found, check, kind)) return [];
  const reason =
    found === null ? `the head of #${number} has no check yet` : `the check of #${number} told of something else`;
  return [{ kind: 'check', model, number, head: head.commit, check, current: found, reason }];
}

/** Of a pull request that is no promotion. Without the app only promotions have a check: nobody may require it. */
export function planOtherCheck(
  pullRequest: PullRequest,
  { folder, checkKind }: Pick<ReconciliationFacts, 'folder' | 'checkKind'>,
): readonly ReconciliationChange[] {
  if (checkKind === 'status') return [];
  const judgement = judgeOther(pullRequest, folder);
  return planCheck(pullRequest, checkWish(judgement, describeOtherCheck(judgement)), checkKind, null);
}
