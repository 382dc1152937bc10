import type { Actor } from '../actor.ts';
import type { Context } from '../context.ts';
import { changeTexts } from '../discussions/issue-record.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { readBranch } from '../refs/refs.ts';
import { findRepositoryById } from '../state.ts';
import { issueOf } from '../views/pull-request.ts';
import { closeUnmerged } from './close.ts';
import { refuse, requireShortBody } from './create.ts';
import { fetchHead } from './head.ts';
import { forgetMergeable } from './mergeability.ts';
import { tellPullRequest } from './tell.ts';

export interface PullRequestEdit {
  readonly title?: string | undefined;
  readonly body?: string | null | undefined;
  readonly state?: 'open' | 'closed' | undefined;
  readonly base?: string | undefined;
}

interface Editing {
  readonly context: Context;
  readonly repository: Repository;
  readonly pull: PullRequest;
  readonly who: Actor;
}

async function changeText({ context, repository, pull, who }: Editing, change: PullRequestEdit): Promise<void> {
  const changes = changeTexts(issueOf(context, repository, pull), change);
  if (changes === null) return;
  await tellPullRequest(context, repository, pull, { action: 'edited', sender: who.login, more: { changes } });
}

async function changeBase({ context, repository, pull, who }: Editing, base: string | undefined): Promise<void> {
  if (base === undefined || base === pull.base.branch) return;
  const commit = await readBranch(context.git(repository), base);
  if (commit === null) throw refuse({ field: 'base', code: 'invalid' });
  const changes = { base: { ref: { from: pull.base.branch }, sha: { from: pull.base.commit } } };
  pull.base = { branch: base, commit };
  forgetMergeable(pull);
  await tellPullRequest(context, repository, pull, { action: 'edited', sender: who.login, more: { changes } });
}

/** Only while its branch is still there; it then goes on from where the branch is now. */
async function reopen({ context, repository, pull, who }: Editing): Promise<void> {
  const from = pull.head.repository === null ? undefined : findRepositoryById(context.state, pull.head.repository);
  const tip = from === undefined ? null : await readBranch(context.git(from), pull.head.branch);
  if (pull.merged !== null || tip === null)
    throw refuse({
      field: 'state',
      code: 'invalid',
      message: 'state cannot be changed. The branch is gone or merged.',
    });
  const issue = issueOf(context, repository, pull);
  issue.state = 'open';
  issue.closedAt = null;
  issue.closedBy = null;
  pull.head.commit = tip;
  forgetMergeable(pull);
  await fetchHead(context, repository, pull);
  await tellPullRequest(context, repository, pull, { action: 'reopened', sender: who.login });
}

export async function editPullRequest(editing: Editing, edit: PullRequestEdit): Promise<void> {
  const { context, repository, pull, who } = editing;
  requireShortBody(edit.body);
  await changeText(editing, edit);
  await changeBase(editing, edit.base);
  const { state } = issueOf(context, repository, pull);
  if (edit.state === undefined || edit.state === state) return;
  if (edit.state === 'closed') await closeUnmerged(context, repository, pull, who.login);
  else await reopen(editing);
}
