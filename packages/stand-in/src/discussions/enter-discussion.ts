import type { Context as Request } from 'hono';
import type { Actor } from '../actor.ts';
import type { Env } from '../api.ts';
import type { Context } from '../context.ts';
import type { Comment } from '../records/discussions.ts';
import type { Issue } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { refusals } from '../refusals.ts';
import { type Entered, enter, hasRole, may } from '../require-permission.ts';
import { findIssue, isSameName } from '../state.ts';

/** What is said below a pull request is reached by either permission. */
function requireEither(repository: Repository, who: Actor, issue: Issue, level: 'read' | 'write'): void {
  const subjects = issue.isPullRequest ? ['issues', 'pull_requests'] : ['issues'];
  if (subjects.some((subject) => may(repository, who, subject, level))) return;
  if (who.kind === 'anonymous') throw refusals.requiresAuthentication();
  const by = who.kind === 'user' ? 'personal access token' : 'integration';
  throw refusals.notAccessible(by, subjects.map((subject) => `${subject}=${level}`).join('; '));
}

export interface EnteredDiscussion extends Entered {
  readonly issue: Issue;
}

/** The issue or pull request of `:number`. */
export function enterDiscussion(context: Context, c: Request<Env>, level: 'read' | 'write'): EnteredDiscussion {
  const entered = enter(context, c, { metadata: 'read' });
  const issue = findIssue(context.state, entered.repository, Number(c.req.param('number')));
  if (issue === undefined) throw refusals.notFound();
  requireEither(entered.repository, entered.who, issue, level);
  return { ...entered, issue };
}

/** The comment of `:id`, with what it is below. */
export function enterComment(
  context: Context,
  c: Request<Env>,
  level: 'read' | 'write',
): EnteredDiscussion & { readonly comment: Comment } {
  const entered = enter(context, c, { metadata: 'read' });
  const comment = context.state.comments.find(({ id }) => id === Number(c.req.param('id')));
  if (comment?.repository !== entered.repository.id) throw refusals.notFound();
  const issue = findIssue(context.state, entered.repository, comment.number);
  if (issue === undefined) throw refusals.notFound();
  requireEither(entered.repository, entered.who, issue, level);
  return { ...entered, issue, comment };
}

/** Who wrote it, or who may triage: nobody else changes what is there. */
export function requireAuthorOrRole(
  { repository, who }: Entered,
  author: string,
  role: 'triage' | 'write' = 'triage',
): void {
  if (isSameName(who.login, author) || hasRole(repository, who, role)) return;
  throw refusals.forbidden('Must have admin rights to Repository.');
}

/** Labels and assignees are for those who triage. */
export function requireTriage({ repository, who }: Entered): void {
  if (!hasRole(repository, who, 'triage')) throw refusals.forbidden('Must have admin rights to Repository.');
}
