import { isOwnBranch, wholeSeconds } from '@model-gitops/registry';
import type { ObjectId, PullRequest } from '../ports/index.ts';
import { describeOtherCheck } from '../texts/describe-check.ts';
import { applyReconciliation } from './apply-reconciliation.ts';
import type { CheckWish, ReconcileDocument, ReconciliationChange } from './changes.ts';
import { checkWish } from './describe-proposal.ts';
import { judgeOther } from './judge-proposal.ts';
import { planOtherCheck } from './plan-check.ts';
import { checkOfPromotion } from './plan-reconciliation.ts';
import type { ReadFacts, ReconcilePorts } from './read-facts.ts';
import { reconcileDocument, reconcileScope } from './reconcile.ts';
import type { RecordFacts } from './record-changes.ts';

export interface PullRequestCheckRequest {
  readonly number: number;
  readonly dryRun: boolean;
  /** Head of a merge group that holds the pull request: it needs the check as well. */
  readonly postOn?: ObjectId | undefined;
}

/** A branch of ours into the default branch; whether its file is right is for the check to say. */
export function isPromotion(
  { head, base }: PullRequest,
  { defaultBranch }: Pick<ReconcilePorts, 'defaultBranch'>,
): boolean {
  return !head.isFork && base === defaultBranch && isOwnBranch(head.branch);
}

/** The same check on the head of a merge group. */
function onMergeGroup(
  { number, postOn }: PullRequestCheckRequest,
  check: CheckWish,
  model: string | null,
): readonly ReconciliationChange[] {
  if (postOn === undefined) return [];
  const reason = `the merge group of #${number} has no check yet`;
  return [{ kind: 'check', model, number, head: postOn, check, current: null, reason }];
}

function planOther(
  request: PullRequestCheckRequest,
  pullRequest: PullRequest,
  ports: ReconcilePorts,
): readonly ReconciliationChange[] {
  const { folder, forge } = ports;
  const plan = planOtherCheck(pullRequest, { folder, checkKind: forge.checks.kind });
  if (forge.checks.kind === 'status') return plan;
  const judgement = judgeOther(pullRequest, folder);
  return [...plan, ...onMergeGroup(request, checkWish(judgement, describeOtherCheck(judgement)), null)];
}

/** The check of an ordinary pull request takes nothing of the registry. */
function nothingRead({ host }: ReconcilePorts): RecordFacts {
  return { models: [], registry: { versions: [], files: [], events: [] }, now: wholeSeconds(host.now()) };
}

async function checkOther(
  request: PullRequestCheckRequest,
  pullRequest: PullRequest,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  const plan = planOther(request, pullRequest, ports);
  if (request.dryRun) return reconcileDocument({ changes: plan, notes: [], applied: false });
  const { changes, problems } = await applyReconciliation(plan, nothingRead(ports), ports, null);
  return reconcileDocument({ changes, notes: [], applied: true, problems });
}

async function checkPromotion(
  request: PullRequestCheckRequest,
  pullRequest: PullRequest,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  const more = ({ facts }: ReadFacts): readonly ReconciliationChange[] => {
    const [only] = facts.targets;
    // an environment that is declared no longer, or asks nobody: its branch is one like any other
    if (only === undefined) return pullRequest.state === 'open' ? planOther(request, pullRequest, ports) : [];
    const check = checkOfPromotion(facts, pullRequest.number);
    return check === null ? [] : onMergeGroup(request, check, only.target.model);
  };
  const scope = { branch: pullRequest.head.branch, reopens: null };
  return reconcileScope(scope, request, ports, more);
}

/**
 * One pull request: its check and, of a promotion, everything about its branch. Of any other one read and one post, or
 * only the read where the check is right already.
 */
export async function checkPullRequest(
  request: PullRequestCheckRequest,
  ports: ReconcilePorts,
): Promise<ReconcileDocument> {
  const [pullRequest] = await ports.forge.pullRequests.find({ number: request.number });
  if (pullRequest === undefined)
    return reconcileDocument({ changes: [], notes: [`there is no pull request ${request.number}`], applied: false });
  if (isPromotion(pullRequest, ports)) return checkPromotion(request, pullRequest, ports);
  if (pullRequest.state !== 'open') return reconcileDocument({ changes: [], notes: [], applied: false });
  return checkOther(request, pullRequest, ports);
}
