import type { PullRequest } from '../ports/index.ts';
import { renderClosed, renderMovedOn } from '../texts/promotion-comments.ts';
import type { CheckWish, ReconciliationChange } from './changes.ts';
import { type Decision, decideTarget } from './decide-target.ts';
import { type DescribedProposal, describeProposal, labelsOf, type ProposalSubject } from './describe-proposal.ts';
import { judgeApprovals } from './judge-proposal-approvals.ts';
import { planCheck } from './plan-check.ts';
import { type PromotionRequest, proposedVersion, requestAt } from './promotion-requests.ts';
import { pusherOf } from './requesters-of-proposal.ts';
import type { BranchPullRequest, ReadProposal, ReconciliationFacts, TargetFacts } from './types.ts';

type Propose = Extract<Decision, { kind: 'propose' }>;

/** A target with the registry as it will be, and what is to happen to it. */
export interface DecidedTarget {
  readonly facts: TargetFacts;
  readonly decision: Decision;
  /** Who asked for the tip; null: no event says so. */
  readonly request: PromotionRequest | null;
}

export function decidedTarget(
  facts: TargetFacts,
  all: Pick<ReconciliationFacts, 'registry' | 'reopens' | 'now'>,
): DecidedTarget {
  const { tip, target } = facts;
  const request = tip === null ? null : requestAt(target, tip.commit, all.registry);
  return { facts, request, decision: decideTarget({ ...all, facts }) };
}

/** The pull request as the forge will tell of it once it is there. */
function pullRequestToCome({ target }: TargetFacts, open: PullRequest | null, base: string): PullRequest {
  return {
    number: open?.number ?? 0,
    title: open?.title ?? '',
    body: open?.body ?? '',
    state: 'open',
    author: open?.author ?? null,
    head: { branch: target.branch, commit: '', isFork: false },
    base,
    files: [target.path],
    reviews: open?.reviews ?? [],
    committers: [],
    labels: labelsOf(target),
    check: null,
    merge: null,
    closedAt: null,
    url: open?.url ?? '',
  };
}

function openPullRequest({ pullRequests }: TargetFacts): PullRequest | null {
  return pullRequests.find(({ pullRequest }) => pullRequest.state === 'open')?.pullRequest ?? null;
}

/** Who had approved the head that is replaced, had it stayed. */
function approversOf(open: PullRequest | null): readonly string[] {
  if (open === null) return [];
  const { uncounted } = judgeApprovals({ pullRequest: open, requesters: [], writers: [] });
  return uncounted.flatMap(({ login, because }) => (because === 'no-right' ? [login] : []));
}

function movedOnText({ facts }: DecidedTarget, { wish, before }: Propose): string | null {
  const approvers = approversOf(openPullRequest(facts));
  if (before === null || approvers.length === 0) return null;
  return renderMovedOn({ target: facts.target, from: before, to: wish.version.version, approvers });
}

function planProposal(
  decided: DecidedTarget,
  decision: Propose,
  all: ReconciliationFacts,
): readonly ReconciliationChange[] {
  const { facts } = decided;
  const { target, tip } = facts;
  const { wish, isWritten, reason } = decision;
  const { version, purpose, text, date, isAutomatic } = wish;
  if (all.defaultHead === null) return [];
  const open = openPullRequest(facts);
  const from = facts.state.environments.find(({ environment }) => environment === target.environment)?.wanted ?? null;
  const asker = pusherOf(tip?.commit ?? null, all.people);
  const requestedBy = isAutomatic ? null : (wish.requestedBy ?? asker);
  const subject: ProposalSubject = {
    facts,
    purpose,
    version,
    request: { requestedBy, isAutomatic },
    head: null,
    proposal: { commit: '', text, fromText: facts.current, isOurs: true },
    pullRequest: pullRequestToCome(facts, open, all.defaultBranch),
  };
  const described = describeProposal(subject, all);
  if (described.pullRequest === null) return [];
  return [
    {
      kind: 'propose',
      model: target.model,
      environment: target.environment,
      version: version.version,
      digest: version.digest,
      from,
      purpose,
      branch: target.branch,
      path: target.path,
      text,
      parent: all.defaultHead,
      tip: tip?.commit ?? null,
      isWritten,
      date,
      isAutomatic,
      requestedBy,
      pullRequest: { number: open?.number ?? null, ...described.pullRequest },
      check: described.check,
      comment: movedOnText(decided, decision),
      reason,
    },
  ];
}

interface Kept {
  readonly open: PullRequest | null;
  readonly described: DescribedProposal;
  readonly version: string;
}

/** What the pull request of a tip should say, as it is or as it will be. */
function describeKept({ facts, request }: DecidedTarget, tip: ReadProposal, all: ReconciliationFacts): Kept {
  const { target } = facts;
  const open = openPullRequest(facts);
  const version = proposedVersion(facts, request, tip.text);
  const purpose = target.environment === 'archived' ? 'archive' : (request?.purpose ?? 'promote');
  const head = { branch: target.branch, commit: tip.commit, isFork: false };
  const pullRequest = open ?? { ...pullRequestToCome(facts, open, all.defaultBranch), head };
  const subject = { facts, purpose, version, request, head: tip.commit, proposal: tip, pullRequest } as const;
  return { open, described: describeProposal(subject, all), version: version?.version ?? '' };
}

/** The check that an open promotion should have, whatever else is to happen to it; null: it is none of ours. */
export function checkOfTarget(decided: DecidedTarget, number: number, all: ReconciliationFacts): CheckWish | null {
  const { tip } = decided.facts;
  const open = openPullRequest(decided.facts);
  if (tip === null || open?.number !== number || open.head.commit !== tip.commit) return null;
  return describeKept(decided, tip, all).described.check;
}

/** The pull request of a tip that stands: brought up to date, or opened where there is none. */
function planKept(
  decided: DecidedTarget,
  tip: ReadProposal,
  all: ReconciliationFacts,
): readonly ReconciliationChange[] {
  const { facts, request } = decided;
  const { model, environment, branch } = facts.target;
  const { open, described, version } = describeKept(decided, tip, all);
  const place = { model, environment, version };
  if (open === null) {
    if (described.pullRequest === null) return [];
    const reason = request?.isAutomatic === true ? 'its pull request is missing' : 'somebody asked for it';
    const { check } = described;
    const pullRequest = { number: null, ...described.pullRequest };
    return [{ kind: 'open-pull-request', ...place, branch, head: tip.commit, pullRequest, check, reason }];
  }
  // the forge has not seen the tip yet: its next event asks again
  if (open.head.commit !== tip.commit) return [];
  return [...planEdit(open, described.pullRequest, place), ...planCheck(open, described.check, all.checkKind, model)];
}

function planEdit(
  open: PullRequest,
  wish: { readonly title: string; readonly body: string } | null,
  place: { readonly model: string; readonly environment: string; readonly version: string },
): readonly ReconciliationChange[] {
  const title = wish === null || wish.title === open.title ? {} : { title: wish.title };
  const body = wish === null || wish.body === open.body ? {} : { body: wish.body };
  const texts = { ...title, ...body };
  const names = Object.keys(texts);
  if (names.length === 0) return [];
  const reason = `${names.join(' and ')} of #${open.number} told of something else`;
  return [{ kind: 'edit-pull-request', ...place, number: open.number, ...texts, reason }];
}

function planClose(
  { facts: { target } }: DecidedTarget,
  { open, version, reason }: { readonly open: BranchPullRequest; readonly version: string; readonly reason: string },
): ReconciliationChange {
  const { number, head } = open.pullRequest;
  const { model, environment } = target;
  const comment = renderClosed({ target, version, reason });
  return { kind: 'close-pull-request', model, environment, version, number, head: head.commit, comment, reason };
}

/** The changes of one target, as it was decided. */
export function planTarget(decided: DecidedTarget, all: ReconciliationFacts): readonly ReconciliationChange[] {
  const { decision, facts, request } = decided;
  const { model, environment } = facts.target;
  if (decision.kind === 'propose') return planProposal(decided, decision, all);
  if (decision.kind === 'keep') return facts.tip === null ? [] : planKept(decided, facts.tip, all);
  if (decision.kind === 'close') return [planClose(decided, decision)];
  if (decision.kind === 'rest') return [];
  const { number } = decision.closed.pullRequest;
  const version = request?.version ?? '';
  return [{ kind: 'reopen-pull-request', model, environment, version, number, reason: 'somebody asked for it again' }];
}
