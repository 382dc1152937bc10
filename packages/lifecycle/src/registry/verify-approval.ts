import {
  type EventOf,
  eventsOf,
  type FileChange,
  foldModel,
  pointerOf,
  type RegistryFacts,
  requestOf,
} from '@model-gitops/registry';
import type { Forge, GitStore, PullRequest } from '../ports/index.ts';
import { type Approvals, judgeApprovals } from '../reconcile/judge-proposal-approvals.ts';
import { readRequesters, readWriters } from '../reconcile/requesters-of-forge.ts';
import type { VerifyRule } from './documents.ts';
import { isFromPromotion } from './verify-pointers.ts';

/** What a forge says of the commit that a pointer stands on. */
export interface ForgeAnswer {
  /** The merged pull request that brought it; null: none did. */
  readonly pullRequest: PullRequest | null;
  /** null: the forge does not say who asked. */
  readonly requesters: readonly string[] | null;
  /** Of those who approved. */
  readonly writers: readonly string[];
}

export interface ApprovalQuestion {
  readonly change: FileChange;
  readonly facts: RegistryFacts;
  /** The change came by the merge of a promotion. */
  readonly isFromPromotion: boolean;
  /** null: no forge was asked. */
  readonly answer: ForgeAnswer | null;
}

type ApprovalRule = Extract<VerifyRule, 'pointer-outside-promotion' | 'approval-missing' | 'approval-own'>;

/** Who approved a decision. `because` is a half-sentence for people. */
export type ApprovalJudgement =
  | { readonly approved: true; readonly by: readonly string[]; readonly source: 'ledger' | 'forge' }
  | { readonly approved: false; readonly rule: ApprovalRule; readonly because: string }
  /** `isAwaited`: a forge is at work here, and the ledger does not yet say what it did. */
  | { readonly approved: null; readonly isAwaited: boolean; readonly because: string };

const isSame = (a: string, b: string) => a.toLowerCase() === b.toLowerCase();
const without = (logins: readonly string[], others: readonly string[]) =>
  logins.filter((login) => !others.some((other) => isSame(login, other)));

/** The witnesses of this very decision: another content at the same commit is witness of nothing. */
export function mergesOf({ events }: RegistryFacts, change: FileChange): readonly EventOf<'merged'>[] {
  const pointer = pointerOf(change);
  return eventsOf(events, 'merged').filter(
    (event) =>
      event.model === change.model &&
      event.environment === change.environment &&
      event.commit === change.commit &&
      (change.environment === 'archived' || (event.version === pointer?.version && event.digest === pointer.digest)),
  );
}

function refused(own: readonly string[], merger: string | null): ApprovalJudgement {
  const by = merger === null ? '' : ` (merged by ${merger})`;
  return own.length > 0
    ? {
        approved: false,
        rule: 'approval-own',
        because: `only ${own.join(', ')} approved, who asked for it or wrote it${by}`,
      }
    : { approved: false, rule: 'approval-missing', because: `it was merged without an approval that counts${by}` };
}

function judgeMerge({
  approvals,
  requester,
  requesters = [],
  ownApprovals = [],
  merger,
}: EventOf<'merged'>): ApprovalJudgement {
  const asked = [...requesters, ...(requester === null ? [] : [requester])];
  const counted = without(approvals, asked);
  if (counted.length > 0) return { approved: true, by: counted, source: 'ledger' };
  return refused([...ownApprovals, ...approvals], merger);
}

function ownApprovals({ uncounted }: Approvals): readonly string[] {
  return uncounted.flatMap(({ login, because }) => (['asked', 'opened', 'wrote'].includes(because) ? [login] : []));
}

function judgeAnswer({ pullRequest, requesters, writers }: ForgeAnswer): ApprovalJudgement {
  if (pullRequest === null)
    return {
      approved: false,
      rule: 'approval-missing',
      because: 'no merged pull request brought it, so nobody approved it',
    };
  if (requesters === null)
    return {
      approved: null,
      isAwaited: true,
      because: 'the forge does not say who asked for it, so no approval can count',
    };
  const approvals = judgeApprovals({ pullRequest, requesters, writers });
  if (approvals.counted.length > 0) return { approved: true, by: approvals.counted, source: 'forge' };
  return refused(ownApprovals(approvals), pullRequest.merge?.by?.login ?? null);
}

/**
 * Was this decision approved by a second person? The ledger's witness first, then what a forge says. Two witnesses that
 * disagree are none. Without both it is unknown, and where a forge is at work it is still awaited.
 */
export function judgeApproval({
  change,
  facts,
  isFromPromotion: isPromotion,
  answer,
}: ApprovalQuestion): ApprovalJudgement {
  if (!isPromotion) return { approved: false, rule: 'pointer-outside-promotion', because: 'it is no merged promotion' };
  const merges = mergesOf(facts, change).map(judgeMerge);
  const [first] = merges;
  if (first !== undefined) return merges.find(({ approved }) => approved !== true) ?? first;
  if (answer !== null) return judgeAnswer(answer);
  const isAwaited = eventsOf(facts.events, 'merged').some(({ pullRequest }) => pullRequest !== null);
  return {
    approved: null,
    isAwaited,
    because: isAwaited
      ? 'the ledger does not say yet who approved it'
      : 'approval is unknown: no forge was asked who approved',
  };
}

export interface ApprovalPorts {
  readonly git: GitStore;
  readonly forge: Forge | null;
  readonly defaultBranch: string;
}

/** What the forge says of a decision: the pull request whose merge it is, and who may not have approved it. */
export async function askForge(
  change: FileChange,
  facts: RegistryFacts,
  ports: { readonly forge: Forge; readonly defaultBranch: string },
): Promise<ForgeAnswer> {
  const found = await ports.forge.pullRequests.find({ commit: change.commit });
  const pullRequest =
    found.find(
      ({ state, base, merge }) => state === 'merged' && base === ports.defaultBranch && merge?.commit === change.commit,
    ) ?? null;
  if (pullRequest === null) return { pullRequest, requesters: null, writers: [] };
  const request = requestOf(facts, change);
  const version = pointerOf(change)?.version ?? request?.version;
  const record = foldModel(facts, change.model).versions.find((candidate) => candidate.version === version)?.record;
  const purpose = change.environment === 'archived' ? 'archive' : (request?.purpose ?? 'promote');
  const sender = request?.requestedBy ?? null;
  const registeredCommit = record?.registered.commit ?? null;
  return {
    pullRequest,
    requesters: await readRequesters({ purpose, sender, registeredCommit }, ports),
    writers: await readWriters(pullRequest, ports.forge),
  };
}

/** The same, with what it takes read: the forge is asked only where the ledger has no witness. */
export async function readApproval(
  change: FileChange,
  facts: RegistryFacts,
  { git, forge, defaultBranch }: ApprovalPorts,
): Promise<ApprovalJudgement> {
  const isPromotion = await isFromPromotion(git, facts, change);
  const isAsked = isPromotion && forge !== null && mergesOf(facts, change).length === 0;
  const answer = isAsked ? await askForge(change, facts, { forge, defaultBranch }) : null;
  return judgeApproval({ change, facts, isFromPromotion: isPromotion, answer });
}
