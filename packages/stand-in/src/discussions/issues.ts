import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { type Context, timeOf } from '../context.ts';
import { editPullRequest } from '../pulls/edit.ts';
import type { Issue } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { refusals } from '../refusals.ts';
import { hasRole } from '../require-permission.ts';
import { findPullRequest, findUser, isSameName } from '../state.ts';
import { userView } from '../views/user.ts';
import { bodyText } from './body-text.ts';
import { changeTexts, newIssueRecord } from './issue-record.ts';
import { setLabels } from './labels.ts';
import { tellDiscussion } from './tell-discussion.ts';

const title = z.union([z.string(), z.number().transform(String)]).pipe(z.string().min(1).max(256));
const label = z.union([z.string().min(1), z.object({ name: z.string().min(1) }).transform(({ name }) => name)]);
const described = z.object({
  body: bodyText.nullable().optional(),
  labels: z.array(label).optional(),
  assignees: z.array(z.string()).optional(),
});
export const newIssue = described.extend({ title });
export const changedIssue = described.extend({
  title: title.optional(),
  state: z.enum(['open', 'closed']).optional(),
  state_reason: z.enum(['completed', 'not_planned', 'duplicate', 'reopened']).nullable().optional(),
});
type IssueChange = z.infer<typeof changedIssue>;

/** Who does what to which issue. */
export interface Changing {
  readonly context: Context;
  readonly repository: Repository;
  readonly issue: Issue;
  readonly who: Actor;
}

/** From nobody to these; each must be an account. */
export async function setAssignees(changing: Changing, wanted: readonly string[]): Promise<void> {
  const { context, repository, issue, who } = changing;
  const logins = wanted.map((login) => {
    const user = findUser(context.state, login);
    if (user === undefined) throw refusals.invalid({ resource: 'Issue', field: 'assignees', code: 'invalid' });
    return user.login;
  });
  const before = issue.assignees;
  issue.assignees = [...new Set(logins)];
  const told = [
    ...before.filter((one) => !issue.assignees.includes(one)).map((login) => ['unassigned', login] as const),
    ...issue.assignees.filter((one) => !before.includes(one)).map((login) => ['assigned', login] as const),
  ];
  for (const [action, login] of told) {
    const more = { assignee: userView(context, login) };
    await tellDiscussion(context, repository, issue, { action, sender: who.login, more });
  }
}

/** Who may not triage sends labels and assignees in vain: GitHub drops them. */
async function describe(changing: Changing, { labels, assignees }: z.infer<typeof described>): Promise<void> {
  const { context, repository, issue, who } = changing;
  if (!hasRole(repository, who, 'triage')) return;
  if (labels !== undefined) await setLabels(context, { repository, issue, sender: who.login }, labels);
  if (assignees !== undefined) await setAssignees(changing, assignees);
}

export async function createIssue(
  { context, repository, who }: Omit<Changing, 'issue'>,
  given: z.infer<typeof newIssue>,
): Promise<Issue> {
  repository.lastNumber += 1;
  const { title, body } = given;
  const number = repository.lastNumber;
  const issue = newIssueRecord(context, repository, { number, isPullRequest: false, title, body, author: who.login });
  context.state.issues.push(issue);
  await tellDiscussion(context, repository, issue, { action: 'opened', sender: who.login });
  await describe({ context, repository, issue, who }, given);
  return issue;
}

async function changeText({ context, repository, issue, who }: Changing, change: IssueChange): Promise<void> {
  const changes = changeTexts(issue, change);
  if (changes === null) return;
  await tellDiscussion(context, repository, issue, { action: 'edited', sender: who.login, more: { changes } });
}

async function changeState({ context, repository, issue, who }: Changing, change: IssueChange): Promise<void> {
  const { state, state_reason: reason } = change;
  if (state === undefined || state === issue.state) return;
  const isClosed = state === 'closed';
  issue.state = state;
  issue.stateReason = isClosed ? (reason === 'not_planned' ? 'not_planned' : 'completed') : 'reopened';
  issue.closedAt = isClosed ? timeOf(context) : null;
  issue.closedBy = isClosed ? who.login : null;
  const action = isClosed ? 'closed' : 'reopened';
  await tellDiscussion(context, repository, issue, { action, sender: who.login });
}

/** A pull request is changed by this as by its own address. */
export async function changeIssue(changing: Changing, change: IssueChange): Promise<void> {
  const { context, repository, issue, who } = changing;
  const isAuthor = isSameName(issue.author, who.login);
  if (!isAuthor && !hasRole(repository, who, 'triage'))
    throw refusals.forbidden('Must have admin rights to Repository.');
  const pull = findPullRequest(context.state, repository, issue.number);
  if (pull === undefined) {
    await changeText(changing, change);
    await changeState(changing, change);
  } else {
    await editPullRequest({ context, repository, pull, who }, change);
  }
  issue.updatedAt = timeOf(context);
  await describe(changing, change);
}
