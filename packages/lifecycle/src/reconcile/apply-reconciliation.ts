import type { LedgerEvent } from '@model-gitops/registry';
import type { ObjectId } from '../ports/index.ts';
import { type Problem, ProblemError } from '../problem.ts';
import type { Claimed, Work } from '../registry/claims.ts';
import { type Answer, isShown, showProposal, writeProposal } from './apply-proposal.ts';
import type { ReconciliationChange } from './changes.ts';
import type { ReconcilePorts } from './read-facts.ts';
import { firstCheckOf, type Placed, type RecordFacts, recordChanges, workOf } from './record-changes.ts';

export interface AppliedChanges {
  /** What was done here, in order. */
  readonly changes: readonly ReconciliationChange[];
  /** Something moved meanwhile: read, plan and apply again. */
  readonly isAgain: boolean;
  /** What could not be done, for a reason that trying again does not heal. */
  readonly problems: readonly Problem[];
}

/** Each change with its head; a proposal whose branch somebody else moved is left out. */
async function placeChanges(plan: readonly ReconciliationChange[], ports: ReconcilePorts): Promise<readonly Placed[]> {
  const placed: Placed[] = [];
  for (const change of plan) {
    const head = change.kind === 'propose' ? await writeProposal(change, ports) : 'head' in change ? change.head : null;
    if (change.kind !== 'propose' || head !== null) placed.push({ change, head });
  }
  return placed;
}

/** Whether an event of this kind was written here, and not found. */
function isWritten(change: ReconciliationChange, written: readonly LedgerEvent[]): boolean {
  return written.some((event) => {
    if (change.kind === 'record-merge') return event.id === change.event.id && event.model === change.model;
    if (change.kind !== 'assign' || event.kind !== 'assigned') return false;
    const { model, environment, version } = change;
    return event.model === model && event.environment === environment && event.version === version;
  });
}

/** What of a change is ours to do: before anything is shown it is known who shows it. */
interface Share {
  readonly isOurs: boolean;
  readonly isCheckOurs: boolean;
}

function shareOf(placed: Placed, claimed: Claimed | null, { forge }: ReconcilePorts): Share {
  const { change } = placed;
  const claims = (work: Work | null) => work === null || claimed?.isOurs(work) === true;
  const isCheckOurs = claims(firstCheckOf(placed, forge.checks.kind));
  if (change.kind === 'check') return { isOurs: isCheckOurs, isCheckOurs };
  if (change.kind !== 'assign' && change.kind !== 'record-merge')
    return { isOurs: claims(workOf(placed)), isCheckOurs };
  return { isOurs: isWritten(change, claimed?.written ?? []), isCheckOurs };
}

async function show({ change }: Placed, ports: ReconcilePorts): Promise<Answer> {
  const { pullRequests, checks, comments } = ports.forge;
  switch (change.kind) {
    case 'propose':
    case 'open-pull-request':
      return showProposal(change, ports);
    case 'check':
      await checks.post({ head: change.head, ...change.check, current: change.current });
      return 'done';
    case 'close-pull-request':
      await comments.create(change.number, change.comment);
      await pullRequests.edit(change.number, { state: 'closed' });
      return 'done';
    case 'edit-pull-request': {
      const { number, title, body } = change;
      await pullRequests.edit(number, {
        ...(title === undefined ? {} : { title }),
        ...(body === undefined ? {} : { body }),
      });
      return 'done';
    }
    case 'reopen-pull-request':
      await pullRequests.edit(change.number, { state: 'open' });
      return 'again';
    default:
      return 'done';
  }
}

/** The pull request of a head and the check on it, each by whoever claimed it. */
async function showShare(placed: Placed, { isOurs, isCheckOurs }: Share, ports: ReconcilePorts): Promise<Answer> {
  const answer = isOurs ? await show(placed, ports) : 'done';
  const { change, head } = placed;
  if (isCheckOurs && head !== null && isShown(change))
    await ports.forge.checks.post({ head, ...change.check, current: null });
  return answer;
}

/** What the forge refuses for one pull request it need not refuse for another; where it does not answer at all, nothing goes on. */
async function attempt(placed: Placed, share: Share, ports: ReconcilePorts): Promise<Answer | readonly Problem[]> {
  try {
    return await showShare(placed, share, ports);
  } catch (cause) {
    if (cause instanceof ProblemError && cause.kind !== 'could-not-run') return cause.problems;
    throw cause;
  }
}

/**
 * Carries out a plan: first the commits of proposals, then one commit on the ledger with all that happened and with
 * whose work the rest is, then what people see. Each change stands for itself: what one cannot do now does not keep the
 * others from being done, and whoever is stopped on the way is relieved by the next one.
 */
export async function applyReconciliation(
  plan: readonly ReconciliationChange[],
  facts: RecordFacts,
  ports: ReconcilePorts,
  seen: ObjectId | null,
): Promise<AppliedChanges> {
  const placed = await placeChanges(plan, ports);
  const claimed = await recordChanges(placed, facts, ports, seen);
  const changes: ReconciliationChange[] = [];
  const problems: Problem[] = [];
  let isAgain = placed.length < plan.length;
  for (const one of placed) {
    const share = shareOf(one, claimed, ports);
    const answer = await attempt(one, share, ports);
    if (typeof answer !== 'string') problems.push(...answer);
    else if (share.isOurs) changes.push(one.change);
    if (answer === 'again') isAgain = true;
  }
  return { changes, isAgain, problems };
}
