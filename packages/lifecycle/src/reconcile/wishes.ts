import {
  eventsOf,
  parsePointer,
  type RegistryFacts,
  renderArchive,
  renderPointer,
  type VersionState,
} from '@model-gitops/registry';
import { proposalMessage } from '../registry/apply-change.ts';
import { candidatesFor, isNewest } from './candidates.ts';
import { type PromotionRequest, requestAt, versionOf } from './promotion-requests.ts';
import type { Purpose, ReadProposal, TargetFacts } from './types.ts';

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

export interface TargetQuestion {
  readonly facts: TargetFacts;
  readonly registry: RegistryFacts;
  readonly reopens: string | null;
  /** UTC. */
  readonly now: string;
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
export function wishByRule(question: TargetQuestion): Wish | null {
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

/** What a request asked for, as it would be proposed now. */
export function wishAgain(facts: TargetFacts, request: PromotionRequest, version: VersionState): Wish {
  const { purpose, requestedBy } = request;
  const isAutomatic = request.isAutomatic === true;
  const date = isAutomatic ? version.registeredAt : request.at;
  return { version, purpose, text: textOf(facts, version, purpose), date, isAutomatic, requestedBy };
}

/** What was asked for on this branch before, newest first, as it would be proposed now. */
export function earlierWishes({ facts, registry }: TargetQuestion): readonly Wish[] {
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
export function isCommitOf(wish: Wish, tip: ReadProposal, facts: TargetFacts): boolean {
  const { model, environment } = facts.target;
  const from = facts.state.environments.find((candidate) => candidate.environment === environment)?.wanted ?? null;
  const { version, purpose, text } = wish;
  const message = proposalMessage({ purpose, model, environment, version: version.version, from });
  const isPlain = tip.parents.length === 1 && tip.message.trim() === message.trim();
  return isPlain && tip.text === text && tip.fromText === facts.current;
}
