import { parsePointer, type VersionState } from '@model-gitops/registry';
import { everWanted, isNewest } from './candidates.ts';
import { isHeld, type PromotionRequest, requestAt, versionOf } from './promotion-requests.ts';
import type { BranchPullRequest, ReadProposal, TargetFacts } from './types.ts';
import { earlierWishes, isCommitOf, type TargetQuestion, type Wish, wishAgain, wishByRule } from './wishes.ts';

/** What is to happen to a target's branch and its pull request. */
export type Decision =
  | { readonly kind: 'rest'; readonly note: string | null }
  /** The tip says what it should. */
  | { readonly kind: 'keep' }
  | {
      readonly kind: 'propose';
      readonly wish: Wish;
      /** The tip is that very commit, and only its event is missing. */
      readonly isWritten: boolean;
      /** The version that was proposed before, where it is another. */
      readonly before: string | null;
      readonly reason: string;
    }
  | { readonly kind: 'close'; readonly open: BranchPullRequest; readonly version: string; readonly reason: string }
  | { readonly kind: 'reopen'; readonly closed: BranchPullRequest };

const rest: Decision = { kind: 'rest', note: null };

function proposeByRule(question: TargetQuestion): Decision {
  const wish = wishByRule(question);
  if (wish === null) return rest;
  const reason = `${wish.version.version} is the newest version whose gates pass`;
  return { kind: 'propose', wish, isWritten: false, before: null, reason };
}

function openOf({ pullRequests }: TargetFacts): BranchPullRequest | null {
  return pullRequests.find(({ pullRequest }) => pullRequest.state === 'open') ?? null;
}

/** The merge of this tip is on the default branch already, and the forge has yet to say so. */
function isMerging({ facts: { target }, registry }: TargetQuestion, tip: ReadProposal): boolean {
  return registry.files.some(
    ({ path, commit, parents }) => path === target.path && (commit === tip.commit || parents[1] === tip.commit),
  );
}

/** How long the default branch may be told of later than the merge that brought it. */
const lagMs = 10 * 60_000;

/** The forge tells of a merge that the default branch, as it was read before, does not show yet: the event of its push asks again. */
function isMergeUnread({ facts, registry, now }: TargetQuestion): boolean {
  const seen = new Set(registry.files.flatMap(({ path, commit }) => (path === facts.target.path ? [commit] : [])));
  return facts.pullRequests.some(({ pullRequest: { merge } }) => {
    const age = merge === null ? lagMs : Date.parse(now) - Date.parse(merge.at);
    return merge !== null && age < lagMs && !seen.has(merge.commit);
  });
}

function closed(facts: TargetFacts, version: string, reason: string): Decision {
  const open = openOf(facts);
  return open === null ? rest : { kind: 'close', open, version, reason };
}

/** Nothing that counts is proposed: the branch was merged or closed, or there is none. */
function decideFree(question: TargetQuestion): Decision {
  const { facts, reopens } = question;
  const { tip, current, target } = facts;
  const open = openOf(facts);
  const ofTip = facts.pullRequests.find(({ pullRequest }) => pullRequest.head.commit === tip?.commit);
  if (tip !== null && open !== null && open === ofTip) {
    const version = parsePointer(tip.text ?? '');
    return isMerging(question, tip)
      ? rest
      : closed(facts, version.ok ? version.value.version : 'this', `what it proposes is decided already`);
  }
  if (open !== null || isMergeUnread(question)) return rest;
  if (reopens === target.branch && ofTip !== undefined && ofTip.pullRequest.state === 'closed' && tip?.text !== current)
    return { kind: 'reopen', closed: ofTip };
  return proposeByRule(question);
}

/** A commit that no event asked for: what a stopped reconciliation left, or what a person pushed, which is theirs. */
function decideForeign(question: TargetQuestion, tip: ReadProposal): Decision {
  const { facts } = question;
  const byRule = wishByRule(question);
  const wishes = [...(byRule === null ? [] : [byRule]), ...earlierWishes(question)];
  const wish = wishes.find((candidate) => isCommitOf(candidate, tip, facts));
  if (wish !== undefined) {
    const reason = 'its commit is there, and nothing else of it yet';
    return { kind: 'propose', wish, isWritten: true, before: null, reason };
  }
  if (openOf(facts) !== null) return { kind: 'keep' };
  const note = `${facts.target.branch} has commits that nobody asked for: open a pull request of it, or delete the branch`;
  return { kind: 'rest', note };
}

/** May a newer version take the place of what this request asked for? */
function newerWish(question: TargetQuestion, request: PromotionRequest, isUsable: boolean): Wish | null {
  const { facts, registry } = question;
  const open = openOf(facts);
  const isFrozen = open !== null && isHeld(facts.target, open.pullRequest.number, registry);
  const wish = wishByRule(question);
  if (request.purpose !== 'promote' || isFrozen || wish === null) return null;
  const { version, registeredAt } = wish.version;
  if (version === request.version) return null;
  if (request.isAutomatic === true) return isNewest(version, [request.version]) || !isUsable ? wish : null;
  const isLater = Date.parse(registeredAt) > Date.parse(request.at);
  return isLater && isNewest(version, [request.version]) ? wish : null;
}

function moveOn(wish: Wish, request: PromotionRequest): Decision {
  const reason = `${wish.version.version} is newer than ${request.version}, which was proposed before`;
  return { kind: 'propose', wish, isWritten: false, before: request.version, reason };
}

/** Why something that rule proposed is not proposed any more. */
function obsoleteReason({ facts, registry }: TargetQuestion, request: PromotionRequest): string | null {
  const { model, environment } = facts.target;
  if (request.isAutomatic !== true) return null;
  const version = versionOf(facts, request.version);
  if (version === undefined) return `${model} ${request.version} is no longer registered`;
  if (version.state === 'archived') return `${model} ${request.version} is archived`;
  const wanted = everWanted(registry, model, environment).find((other) => !isNewest(request.version, [other]));
  return wanted === undefined ? null : `${environment} has had ${wanted} since, and rule never goes back`;
}

/** The same proposal, made from what the default branch says now. */
function proposeAnew({ facts }: TargetQuestion, request: PromotionRequest, version: VersionState): Decision {
  const wish = wishAgain(facts, request, version);
  if (wish.text === facts.current) return closed(facts, request.version, 'what it proposes is decided already');
  const reason = `${facts.target.path} was changed since it was made`;
  return { kind: 'propose', wish, isWritten: false, before: null, reason };
}

function decideRequested(question: TargetQuestion, tip: ReadProposal, request: PromotionRequest): Decision {
  const { facts } = question;
  const version = versionOf(facts, request.version);
  const newer = newerWish(question, request, version?.state === 'live');
  if (newer !== null) return moveOn(newer, request);
  const obsolete = obsoleteReason(question, request);
  if (obsolete !== null) return closed(facts, request.version, obsolete);
  const isStale = tip.fromText !== facts.current;
  return isStale && version !== undefined ? proposeAnew(question, request, version) : { kind: 'keep' };
}

/** What is to happen to one target. Commits that people pushed onto the branch are never overwritten. */
export function decideTarget(question: TargetQuestion): Decision {
  const { facts, registry } = question;
  const { tip, current, target } = facts;
  if (tip === null) return decideFree(question);
  const ofTip = facts.pullRequests.find(({ pullRequest }) => pullRequest.head.commit === tip.commit);
  const isSettled = tip.text === current || (ofTip !== undefined && ofTip.pullRequest.state !== 'open');
  if (isSettled) return decideFree(question);
  const request = requestAt(target, tip.commit, registry);
  return request === null ? decideForeign(question, tip) : decideRequested(question, tip, request);
}
