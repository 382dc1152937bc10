import { type Context, type StandInEvent, timeOf } from '../context.ts';
import type { CheckSuite } from '../records/checks.ts';
import type { Repository } from '../records/repositories.ts';
import { nextId, type State } from '../state.ts';
import { checkSuiteEventView, readHeadCommit } from '../views/check-suite.ts';
import type { Schema } from '../views/schema.ts';

export interface SuiteKey {
  readonly repository: Repository;
  readonly appId: number;
  readonly head: string;
}

/** The branch whose pull request, or whose push, brought that head. */
function branchOf({ pullRequests }: State, { repository, head }: SuiteKey): string | null {
  const pull = pullRequests.find((one) => one.head.repository === repository.id && one.head.commit === head);
  return pull?.head.branch ?? null;
}

/** The one of a head and app, made when it is not there. */
export function suiteFor(context: Context, key: SuiteKey, branch?: string): { suite: CheckSuite; isNew: boolean } {
  const { repository, appId, head } = key;
  const known = context.state.checkSuites.find(
    (one) => one.repository === repository.id && one.appId === appId && one.head === head,
  );
  if (known !== undefined) return { suite: known, isNew: false };
  const at = timeOf(context);
  const suite: CheckSuite = {
    id: nextId(context.state),
    repository: repository.id,
    appId,
    head,
    branch: branch ?? branchOf(context.state, key),
    createdAt: at,
    updatedAt: at,
  };
  context.state.checkSuites.push(suite);
  return { suite, isNew: true };
}

interface ToldSuite {
  readonly action: 'requested' | 'rerequested' | 'completed';
  readonly sender: string;
  readonly commit: Schema<'simple-commit'>;
}

/** `requested` and `rerequested` are told to the app of the suite alone. */
function emitSuite(context: Context, repository: Repository, suite: CheckSuite, told: ToldSuite): void {
  const { action, sender, commit } = told;
  const payload = { action, check_suite: checkSuiteEventView(context, repository, suite, commit) };
  const only = action === 'completed' ? {} : { onlyApp: suite.appId };
  context.emit({ name: 'check_suite', action, repository, sender, payload, ...only });
}

export async function tellSuite(
  context: Context,
  repository: Repository,
  suite: CheckSuite,
  told: Omit<ToldSuite, 'commit'>,
): Promise<void> {
  const commit = await readHeadCommit(context, repository, suite.head);
  emitSuite(context, repository, suite, { ...told, commit });
}

function appsThatCheck({ state }: Context, repository: Repository) {
  return state.installations.filter(
    (one) => one.repositories.includes(repository.id) && one.permissions.checks === 'write',
  );
}

interface PushPayload {
  readonly ref: string;
  readonly after: string;
  readonly head_commit: Schema<'simple-commit'> | null;
}

/** A push asks each app that may write checks for one of the new tip. */
export function requestSuites(context: Context, { name, payload, repository, sender }: StandInEvent): void {
  if (name !== 'push') return;
  const { ref, after, head_commit: pushed } = payload as unknown as PushPayload;
  if (pushed === null || !ref.startsWith('refs/heads/')) return;
  const { id, tree_id, message, timestamp, author, committer } = pushed;
  const commit = { id, tree_id, message, timestamp, author, committer };
  for (const { appId } of appsThatCheck(context, repository)) {
    const key = { repository, appId, head: after };
    const { suite, isNew } = suiteFor(context, key, ref.slice('refs/heads/'.length));
    if (isNew) emitSuite(context, repository, suite, { action: 'requested', sender, commit });
  }
}
