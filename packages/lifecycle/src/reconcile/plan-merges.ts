import type { EventOf } from '@model-gitops/registry';
import type { ReconciliationChange } from './changes.ts';
import { judgeApprovals } from './judge-proposal-approvals.ts';
import type { MergeFacts } from './types.ts';

type Approvals = Pick<EventOf<'merged'>, 'approvals' | 'ownApprovals'>;

/** Who approved what was merged, and whose approval of it does not count because it was theirs. */
function approvalsOf({ pullRequest, requesters, writers }: MergeFacts): Approvals {
  if (pullRequest === null) return { approvals: [] };
  const { counted, uncounted } = judgeApprovals({ pullRequest, requesters, writers });
  const own = uncounted.filter(({ because }) => because === 'asked' || because === 'wrote' || because === 'opened');
  return { approvals: [...counted], ownApprovals: own.map(({ login }) => login) };
}

/** The same merge is the same event, whoever witnesses it: its date is the commit's. */
function mergedEvent(facts: MergeFacts): EventOf<'merged'> {
  const { change, version, pullRequest, requesters, pusher } = facts;
  const { model, environment, commit, parents, at } = change;
  return {
    schema: 'model-gitops/event/1',
    kind: 'merged',
    id: `merged-${environment}-${commit.slice(0, 12)}`,
    model,
    at,
    environment,
    version: version.version,
    digest: version.digest,
    commit,
    head: pullRequest?.head.commit ?? parents[1] ?? commit,
    pullRequest: pullRequest?.number ?? null,
    requester: requesters?.[0] ?? null,
    ...(requesters === null ? {} : { requesters: [...requesters] }),
    ...approvalsOf(facts),
    merger: (pullRequest === null ? pusher : pullRequest.merge?.by)?.login ?? null,
  };
}

/** The witness of a change of the default branch. */
export function planMerge(facts: MergeFacts): ReconciliationChange {
  const event = mergedEvent(facts);
  const { model, environment, version, pullRequest } = event;
  const reason = pullRequest === null ? 'it was pushed without a pull request' : `#${pullRequest} was merged`;
  return { kind: 'record-merge', model, environment, version, event, reason };
}
