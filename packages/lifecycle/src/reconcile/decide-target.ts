import {
  type EventOf,
  eventsOf,
  parsePointer,
  type RegistryFacts,
  renderArchive,
  renderPointer,
  type VersionState,
} from '@model-gitops/registry';
import { proposalMessage } from '../registry/apply-change.ts';
import { candidatesFor, everWanted, isNewest } from './candidates.ts';
import type { BranchPullRequest, Purpose, ReadProposal, Target, TargetFacts } from './types.ts';

export type PromotionRequest = EventOf<'promotion-requested'>;

/** What a promotion branch should say. */
export interface Wish {
  readonly version: VersionState;
  readonly purpose: Purpose;
  readonly text: string;
  /** Of the commit: when it was registered, or asked for. */
  readonly date: string;
  readonly isAutomatic: boolean;
  readonly requestedBy: string | null;
}

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

export interface TargetQuestion {
  readonly facts: TargetFacts;
  readonly registry: RegistryFacts;
  readonly reopens: string | null;
}

const rest: Decision = { kind: 'rest', note: null };

/** The event that asked for a commit of a promotion branch. */
export function requestAt(
  { model, environment }: Pick<Target, 'model' | 'environment'>,
  commit: string,
  { events }: RegistryFacts,
): PromotionRequest | null {
  const requests = eventsOf(events, 'promotion-requested');
  return (
    requests.find((event) => event.model === model && event.environment === environment && event.commit === commit) ??
    null
  );
}

/** Whether newer versions leave a pull request alone: the last word counts, by its time and then by its comment. */
export function isHeld({ model }: Target, number: number, { events }: RegistryFacts): boolean {
  const words = eventsOf(events, 'held').filter((event) => event.model === model && event.pullRequest === number);
  const order = ({ at, id }: (typeof words)[number]) => [Date.parse(at), Number(id.split('-').at(-1))] as const;
  const [last] = words.toSorted((a, b) => order(b)[0] - order(a)[0] || order(b)[1] - order(a)[1]);
  return last?.isHeld ?? false;
}

function versionOf({ state }: TargetFacts, version: string): VersionState | undefined {
  return state.versions.find((candidate) => candidate.version === version);
}

function textOf({ state }: TargetFacts, version: VersionState, purpose: Purpose): string {
  if (purpose !== 'archive') return renderPointer(version);
  const archived = state.versions.filter((other) => other.state === 'archived');
  return renderArchive([...archived, version].map((one) => one.version));
}

/** What somebody closed without merging: it is not proposed by rule again, and neither is anything older. */
function declinedVersions({ facts, registry }: TargetQuestion): readonly string[] {
  const closed = facts.pullRequests.filter(({ pullRequest }) => pullRequest.state === 'closed');
  return closed.flatMap(({ pullRequest, proposal }) => {
    const request = requestAt(facts.target, pullRequest.head.commit, registry);
    if (request !== null) return request.purpose === 'promote' ? [request.version] : [];
    const pointer = parsePointer(proposal?.text ?? '');
    return pointer.ok ? [pointer.value.version] : [];
  });
}

/** What rule would propose: the newest candidate, unless its bytes are wanted already or somebody declined it. */
function wishByRule(question: TargetQuestion): Wish | null {
  const { facts, registry } = question;
  const { environment } = facts.target;
  if (environment === 'archived') return null;
  const [version] = candidatesFor(facts, environment, registry);
  const wanted = facts.state.environments.find((candidate) => candidate.environment === environment);
  if (version === undefined || version.digest === wanted?.digest) return null;
  if (!isNewest(version.version, declinedVersions(question))) return null;
  const text = textOf(facts, version, 'promote');
  return { version, purpose: 'promote', text, date: version.registeredAt, isAutomatic: true, requestedBy: null };
}

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
  if (open !== null) return rest;
  if (reopens === target.branch && ofTip !== undefined && ofTip.pullRequest.state === 'closed' && tip?.text !== current)
    return { kind: 'reopen', closed: ofTip };
  return proposeByRule(question);
}

/** What was asked for on this branch before, newest first, as it would be proposed now. */
function earlierWishes({ facts, registry }: TargetQuestion): readonly Wish[] {
  const { model, environment } = facts.target;
  const requests = eventsOf(registry.events, 'promotion-requested').filter(
    (event) => event.model === model && event.environment === environment,
  );
  const latestFirst = requests.toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
  return latestFirst.flatMap((request) => {
    const version = versionOf(facts, request.version);
    return version === undefined ? [] : [wishAgain(facts, request, version)];
  });
}

/** A commit of ours to the letter: what a stopped reconciliation wrote, and could not say of. */
function isCommitOf(wish: Wish, tip: ReadProposal, facts: TargetFacts): boolean {
  const { model, environment } = facts.target;
  const from = facts.state.environments.find((candidate) => candidate.environment === environment)?.wanted ?? null;
  const { version, purpose, text } = wish;
  const message = proposalMessage({ purpose, model, environment, version: version.version, from });
  const isPlain = tip.parents.length === 1 && tip.message.trim() === message.trim();
  return isPlain && tip.text === text && tip.fromText === facts.current;
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

/** What a request asked for, as it would be proposed now. */
function wishAgain(facts: TargetFacts, request: PromotionRequest, version: VersionState): Wish {
  const { purpose, requestedBy } = request;
  const isAutomatic = request.isAutomatic === true;
  const date = isAutomatic ? version.registeredAt : request.at;
  return { version, purpose, text: textOf(facts, version, purpose), date, isAutomatic, requestedBy };
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

/** The version that a proposal names: by its pointer, or the one that its list of archived versions adds. */
export function proposedVersion(
  facts: TargetFacts,
  request: PromotionRequest | null,
  text: string | null,
): VersionState | null {
  const pointer = parsePointer(text ?? '');
  const name =
    facts.target.environment === 'archived' ? request?.version : pointer.ok ? pointer.value.version : undefined;
  return name === undefined ? null : (versionOf(facts, name) ?? null);
}
