import { z } from 'zod';
import type { Api } from '../api.ts';
import type { Context } from '../context.ts';
import { timeOf } from '../context.ts';
import { bodyText } from '../discussions/body-text.ts';
import { enterComment, enterDiscussion, requireAuthorOrRole } from '../discussions/enter-discussion.ts';
import { tellComment } from '../discussions/tell-discussion.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Comment } from '../records/discussions.ts';
import type { Repository } from '../records/repositories.ts';
import { enter } from '../require-permission.ts';
import { findIssue, nextId } from '../state.ts';
import { commentView } from '../views/issue.ts';

const written = z.object({ body: bodyText.min(1, 'body cannot be blank') });

/** `since`, by the time of the last change. */
const isSince = (since: string | undefined) => (comment: Comment) => since === undefined || comment.updatedAt >= since;

function listRoutes({ app, context }: Api): void {
  const { state } = context;
  app.get('/repos/:owner/:repo/issues/:number{[0-9]+}/comments', (c) => {
    const { repository, issue } = enterDiscussion(context, c, 'read');
    const below = state.comments.filter((one) => one.repository === repository.id && one.number === issue.number);
    const seen = takePage(c, below.filter(isSince(c.req.query('since'))));
    return c.json(seen.map((comment) => commentView(context, repository, issue, comment)));
  });
  app.get('/repos/:owner/:repo/issues/comments', (c) => {
    const { repository } = enter(context, c, { issues: 'read' });
    const all = state.comments.filter((one) => one.repository === repository.id);
    const seen = all.filter(isSince(c.req.query('since')));
    const ordered = c.req.query('direction') === 'desc' ? seen.toReversed() : seen;
    return c.json(takePage(c, ordered).map((comment) => viewOf(context, repository, comment)));
  });
}

function viewOf(context: Context, repository: Repository, comment: Comment) {
  const issue = findIssue(context.state, repository, comment.number);
  if (issue === undefined) throw new Error(`comment ${comment.id} is below nothing`);
  return commentView(context, repository, issue, comment);
}

function writeRoutes({ app, context }: Api): void {
  const { state } = context;
  app.post('/repos/:owner/:repo/issues/:number{[0-9]+}/comments', async (c) => {
    const { repository, issue, who } = enterDiscussion(context, c, 'write');
    const { body } = await readBody(c, 'IssueComment', written);
    const at = timeOf(context);
    const below = { repository: repository.id, number: issue.number };
    const times = { createdAt: at, updatedAt: at };
    const comment: Comment = { id: nextId(state), ...below, author: who.login, body, ...times, appId: who.appId };
    state.comments.push(comment);
    tellComment(context, { repository, issue, comment }, { action: 'created', sender: who.login });
    return c.json(commentView(context, repository, issue, comment), 201);
  });
  app.patch('/repos/:owner/:repo/issues/comments/:id', async (c) => {
    const entered = enterComment(context, c, 'write');
    const { repository, issue, comment, who } = entered;
    requireAuthorOrRole(entered, comment.author, 'write');
    const { body } = await readBody(c, 'IssueComment', written);
    const changes = { body: { from: comment.body } };
    Object.assign(comment, { body, updatedAt: timeOf(context) });
    tellComment(context, entered, { action: 'edited', sender: who.login, more: { changes } });
    return c.json(commentView(context, repository, issue, comment));
  });
  app.delete('/repos/:owner/:repo/issues/comments/:id', (c) => {
    const entered = enterComment(context, c, 'write');
    const { comment, who } = entered;
    requireAuthorOrRole(entered, comment.author, 'write');
    state.comments.splice(state.comments.indexOf(comment), 1);
    tellComment(context, entered, { action: 'deleted', sender: who.login });
    return c.body(null, 204);
  });
}

export const commentRoutes = (api: Api): void => {
  listRoutes(api);
  writeRoutes(api);
  api.app.get('/repos/:owner/:repo/issues/comments/:id', (c) => {
    const { repository, issue, comment } = enterComment(api.context, c, 'read');
    return c.json(commentView(api.context, repository, issue, comment));
  });
};
