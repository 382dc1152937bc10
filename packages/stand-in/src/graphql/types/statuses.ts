import { latestRuns } from '../../checks/judge-suite.ts';
import type { CheckRun, Status } from '../../records/checks.ts';
import type { Repository } from '../../records/repositories.ts';
import { may } from '../../require-permission.ts';
import { nodeId } from '../../views/schema.ts';
import { type PageArgs, takeConnection } from '../connection.ts';
import type { Fields, Query, Typed } from '../query.ts';
import { runOf } from './checks.ts';
import { actorOf } from './people.ts';

export interface ContextSource extends Typed<'StatusContext'> {
  readonly status: Status;
}
interface Named {
  readonly repository: Repository;
  readonly commit: string;
  /** The newest of each name. */
  readonly statuses: readonly Status[];
}
export interface StatusSource extends Typed<'Status'>, Named {}
export interface RollupSource extends Typed<'StatusCheckRollup'>, Named {
  readonly runs: readonly CheckRun[];
}

const contextOf = (status: Status): ContextSource => ({ __typename: 'StatusContext', status });

function latestStatuses({ context }: Query, repository: Repository, commit: string): Status[] {
  const found = context.state.statuses.filter((one) => one.repository === repository.id && one.commit === commit);
  return [...new Map(found.map((status) => [status.context, status])).values()];
}

/** The worst of all. */
function worst(states: readonly string[]): string {
  const order = ['ERROR', 'FAILURE', 'PENDING'];
  return order.find((state) => states.includes(state)) ?? 'SUCCESS';
}

const isFine = ({ conclusion }: CheckRun) => ['success', 'neutral', 'skipped'].includes(conclusion ?? '');
const stateOfRun = (run: CheckRun) => (run.status !== 'completed' ? 'PENDING' : isFine(run) ? 'SUCCESS' : 'FAILURE');
const stateOf = ({ state }: Status) => state.toUpperCase();

export function statusOf(query: Query, repository: Repository, commit: string): StatusSource | null {
  const statuses = latestStatuses(query, repository, commit);
  return statuses.length === 0 ? null : { __typename: 'Status', repository, commit, statuses };
}

/** Checks and statuses together, as far as the asker may read each. */
export function rollupOf(query: Query, repository: Repository, commit: string): RollupSource | null {
  const mayRead = (subject: string) => may(repository, query.who, subject, 'read');
  const statuses = mayRead('statuses') ? latestStatuses(query, repository, commit) : [];
  const all = query.context.state.checkRuns.filter((run) => run.repository === repository.id && run.head === commit);
  const runs = mayRead('checks') ? latestRuns(all) : [];
  if (statuses.length + runs.length === 0) return null;
  return { __typename: 'StatusCheckRollup', repository, commit, statuses, runs };
}

export const statusFields: Fields<StatusSource> = {
  id: ({ commit }) => nodeId('Status', commit),
  state: ({ statuses }) => worst(statuses.map(stateOf)),
  contexts: ({ statuses }) => statuses.map(contextOf),
  context({ statuses }, { name }: { readonly name: string }) {
    const status = statuses.find((one) => one.context === name);
    return status === undefined ? null : contextOf(status);
  },
};

export const rollupFields: Fields<RollupSource> = {
  id: ({ commit }) => nodeId('StatusCheckRollup', commit),
  state: ({ statuses, runs }) => worst([...statuses.map(stateOf), ...runs.map(stateOfRun)]),
  contexts({ repository, statuses, runs }, args: PageArgs, _query, info) {
    const items = [...runs.map((run) => runOf(repository, run)), ...statuses.map(contextOf)];
    return takeConnection<unknown>(items, args, info);
  },
};

export const contextFields: Fields<ContextSource> = {
  id: ({ status }) => nodeId('StatusContext', status.id),
  context: ({ status }) => status.context,
  state: ({ status }) => stateOf(status),
  description: ({ status }) => status.description,
  targetUrl: ({ status }) => status.targetUrl,
  createdAt: ({ status }) => status.createdAt,
  creator: ({ status }, _args: object, query) => actorOf(query, status.creator),
};
