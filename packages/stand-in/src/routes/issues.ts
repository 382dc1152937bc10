import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import { enterDiscussion, requireTriage } from '../discussions/enter-discussion.ts';
import { changedIssue, changeIssue, createIssue, newIssue, setAssignees } from '../discussions/issues.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { Issue } from '../records/pull-requests.ts';
import { enter } from '../require-permission.ts';
import { isSameName } from '../state.ts';
import { fullIssueView, issueView } from '../views/issue.ts';

const listOf = (text: string | undefined) => (text ?? '').split(',').filter((part) => part !== '');

/** `state` (open unless said), `labels` (all of them), `creator`, `assignee`, `since`. Pull requests are among them. */
function selectIssues(c: Request<Env>, issues: readonly Issue[]): Issue[] {
  const { state = 'open', labels, creator, assignee, since } = c.req.query();
  const hasLabel = (issue: Issue, name: string) => issue.labels.some((one) => isSameName(one, name));
  return issues
    .filter((issue) => state === 'all' || issue.state === state)
    .filter((issue) => listOf(labels).every((name) => hasLabel(issue, name)))
    .filter((issue) => creator === undefined || isSameName(issue.author, creator))
    .filter((issue) => assignee === undefined || issue.assignees.some((one) => isSameName(one, assignee)))
    .filter((issue) => since === undefined || issue.updatedAt >= since);
}

/** By `sort`, the newest first unless `direction` says otherwise. */
function orderIssues(c: Request<Env>, issues: readonly Issue[]): Issue[] {
  const { sort = 'created', direction = 'desc' } = c.req.query();
  const key = (issue: Issue) => (sort === 'updated' ? issue.updatedAt : issue.createdAt);
  const rising = issues.toSorted((a, b) => key(a).localeCompare(key(b)) || a.number - b.number);
  return direction === 'asc' ? rising : rising.toReversed();
}

export const issueRoutes = ({ app, context }: Api): void => {
  const one = '/repos/:owner/:repo/issues/:number{[0-9]+}';
  app.get('/repos/:owner/:repo/issues', (c) => {
    const { repository } = enter(context, c, { issues: 'read' });
    const own = context.state.issues.filter((issue) => issue.repository === repository.id);
    const seen = takePage(c, orderIssues(c, selectIssues(c, own)));
    return c.json(seen.map((issue) => issueView(context, repository, issue)));
  });
  app.post('/repos/:owner/:repo/issues', async (c) => {
    const { repository, who } = enter(context, c, { issues: 'write' });
    const given = await readBody(c, 'Issue', newIssue);
    const issue = await createIssue({ context, repository, who }, given);
    return c.json(fullIssueView(context, repository, issue), 201);
  });
  app.get(one, (c) => {
    const { repository, issue } = enterDiscussion(context, c, 'read');
    return c.json(fullIssueView(context, repository, issue));
  });
  app.patch(one, async (c) => {
    const { repository, issue, who } = enterDiscussion(context, c, 'write');
    await changeIssue({ context, repository, issue, who }, await readBody(c, 'Issue', changedIssue));
    return c.json(fullIssueView(context, repository, issue));
  });
  const assignees = z.object({ assignees: z.array(z.string()) });
  for (const method of ['POST', 'DELETE'] as const)
    app.on(method, `${one}/assignees`, async (c) => {
      const entered = enterDiscussion(context, c, 'write');
      requireTriage(entered);
      const { repository, issue, who } = entered;
      const { assignees: named } = await readBody(c, 'Issue', assignees);
      const isNamed = (login: string) => named.some((other) => isSameName(login, other));
      const wanted =
        method === 'POST' ? [...issue.assignees, ...named] : issue.assignees.filter((login) => !isNamed(login));
      await setAssignees({ context, repository, issue, who }, wanted);
      return c.json(fullIssueView(context, repository, issue), method === 'POST' ? 201 : 200);
    });
};
