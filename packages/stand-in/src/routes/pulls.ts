import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import type { Context } from '../context.ts';
import { readCommit } from '../objects/parse.ts';
import { takePage } from '../paging.ts';
import { createPullRequest } from '../pulls/create.ts';
import { diffSinceFork } from '../pulls/diff.ts';
import { editPullRequest } from '../pulls/edit.ts';
import { mergePullRequest } from '../pulls/merge.ts';
import { computeMergeable } from '../pulls/mergeability.ts';
import { tellPullRequest } from '../pulls/tell.ts';
import { listOwnCommits } from '../pulls/three-way.ts';
import { updateBranch } from '../pulls/update-branch.ts';
import { readBody } from '../read-body.ts';
import type { Permissions } from '../records/people.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import { refusals } from '../refusals.ts';
import { type Entered, enter, hasRole } from '../require-permission.ts';
import { findPullRequest, isSameName } from '../state.ts';
import { commitView, fileView } from '../views/commit.ts';
import { issueOf, pullRequestView, simplePullRequestView } from '../views/pull-request.ts';
import { userView } from '../views/user.ts';

export interface EnteredPullRequest extends Entered {
  readonly pull: PullRequest;
}

/** The first line of each route below one pull request. */
export function enterPullRequest(context: Context, c: Request<Env>, needs: Permissions): EnteredPullRequest {
  const entered = enter(context, c, needs);
  const pull = findPullRequest(context.state, entered.repository, Number(c.req.param('number')));
  if (pull === undefined) throw refusals.notFound();
  return { ...entered, pull };
}

const newPullRequest = z.object({
  title: z.string().min(1),
  head: z.string(),
  base: z.string(),
  body: z.string().nullable().optional(),
  draft: z.boolean().optional(),
});
const editedPullRequest = z.object({
  title: z.string().min(1).optional(),
  body: z.string().nullable().optional(),
  state: z.enum(['open', 'closed']).optional(),
  base: z.string().optional(),
});
const mergeBody = z.object({
  merge_method: z.enum(['merge', 'squash', 'rebase']).default('merge'),
  sha: z.string().optional(),
  commit_title: z.string().optional(),
  commit_message: z.string().optional(),
});
const updateBody = z.object({ expected_head_sha: z.string().optional() });
const reviewersBody = z.object({ reviewers: z.array(z.string()).default([]) });

function listed(context: Context, c: Request<Env>, { repository }: Entered): PullRequest[] {
  const { state = 'open', head, base, sort = 'created', direction } = c.req.query();
  const found = context.state.pullRequests.filter(
    (pull) =>
      pull.repository === repository.id &&
      (state === 'all' || issueOf(context, repository, pull).state === state) &&
      (head === undefined || isSameName(pull.head.label, head)) &&
      (base === undefined || pull.base.branch === base),
  );
  const updated = (pull: PullRequest) => issueOf(context, repository, pull).updatedAt;
  const sorted = sort === 'updated' ? found.toSorted((a, b) => updated(a).localeCompare(updated(b))) : found;
  const isDescending = (direction ?? (sort === 'created' ? 'desc' : 'asc')) === 'desc';
  return isDescending ? sorted.toReversed() : sorted;
}

const listRoutes = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/pulls', (c) => {
    const entered = enter(context, c, { pull_requests: 'read' });
    const page = takePage(c, listed(context, c, entered));
    return c.json(page.map((pull) => simplePullRequestView(context, entered.repository, pull)));
  });
  app.post('/repos/:owner/:repo/pulls', async (c) => {
    const { repository, who } = enter(context, c, { pull_requests: 'write' });
    const asked = await readBody(c, 'PullRequest', newPullRequest);
    const pull = await createPullRequest(context, repository, who, asked);
    return c.json(await pullRequestView(context, repository, pull), 201);
  });
};

const oneRoutes = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/pulls/:number{[0-9]+}', async (c) => {
    const { repository, pull, git } = enterPullRequest(context, c, { pull_requests: 'read' });
    if (/\.diff\b/.test(c.req.header('accept') ?? ''))
      return c.text(await git.text(['diff', `${pull.base.commit}...${pull.head.commit}`]));
    const view = await pullRequestView(context, repository, pull);
    // the next one who asks is told
    await computeMergeable(context, repository, pull);
    return c.json(view);
  });
  app.patch('/repos/:owner/:repo/pulls/:number{[0-9]+}', async (c) => {
    const entered = enterPullRequest(context, c, { pull_requests: 'write' });
    const { repository, pull, who } = entered;
    const isAuthor = isSameName(issueOf(context, repository, pull).author, who.login);
    if (!isAuthor && !hasRole(repository, who, 'triage'))
      throw refusals.forbidden('Must have push access to change it', 'pull_requests=write');
    await editPullRequest({ context, repository, pull, who }, await readBody(c, 'PullRequest', editedPullRequest));
    return c.json(await pullRequestView(context, repository, pull));
  });
  app.get('/repos/:owner/:repo/pulls/:number{[0-9]+}/files', async (c) => {
    const { repository, pull, git } = enterPullRequest(context, c, { pull_requests: 'read' });
    const files = await diffSinceFork(git, pull.base.commit, pull.head.commit);
    return c.json(
      takePage(c, files.slice(0, 3000)).map((file) => fileView(context, repository, pull.head.commit, file)),
    );
  });
  app.get('/repos/:owner/:repo/pulls/:number{[0-9]+}/commits', async (c) => {
    const { repository, pull, git } = enterPullRequest(context, c, { pull_requests: 'read' });
    const ids = (await listOwnCommits(git, pull.base.commit, pull.head.commit)).slice(0, 250);
    const commits = await Promise.all(takePage(c, ids).map((id) => readCommit(git, id)));
    return c.json(commits.flatMap((commit) => (commit === null ? [] : [commitView(context, repository, commit)])));
  });
};

const mergeRoutes = ({ app, context }: Api): void => {
  app.put('/repos/:owner/:repo/pulls/:number{[0-9]+}/merge', async (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { contents: 'write' });
    const body = await readBody(c, 'PullRequest', mergeBody);
    const { merge_method: method, sha, commit_title: title, commit_message: message } = body;
    const commit = await mergePullRequest(context, repository, pull, who, { method, sha, title, message });
    return c.json({ sha: commit, merged: true, message: 'Pull Request successfully merged' });
  });
  app.get('/repos/:owner/:repo/pulls/:number{[0-9]+}/merge', (c) => {
    const { pull } = enterPullRequest(context, c, { pull_requests: 'read' });
    if (pull.merged === null) throw refusals.notFound();
    return c.body(null, 204);
  });
  app.put('/repos/:owner/:repo/pulls/:number{[0-9]+}/update-branch', async (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { pull_requests: 'write' });
    const { expected_head_sha: expected } = await readBody(c, 'PullRequest', updateBody);
    await updateBranch(context, repository, pull, who, expected);
    const { url } = await pullRequestView(context, repository, pull);
    return c.json({ message: 'Updating pull request branch.', url }, 202);
  });
};

const reviewerRoutes = ({ app, context }: Api): void => {
  const path = '/repos/:owner/:repo/pulls/:number{[0-9]+}/requested_reviewers';
  app.post(path, async (c) => {
    const { repository, pull, who } = enterPullRequest(context, c, { pull_requests: 'write' });
    const { reviewers } = await readBody(c, 'PullRequest', reviewersBody);
    const author = issueOf(context, repository, pull).author;
    if (reviewers.some((login) => isSameName(login, author)))
      throw refusals.unprocessable('Review cannot be requested from pull request author.');
    const added = reviewers.filter((login) => !pull.requestedReviewers.some((one) => isSameName(one, login)));
    pull.requestedReviewers.push(...added);
    for (const requested_reviewer of added) {
      const more = { requested_reviewer: userView(context, requested_reviewer) };
      await tellPullRequest(context, repository, pull, { action: 'review_requested', sender: who.login, more });
    }
    return c.json(simplePullRequestView(context, repository, pull), 201);
  });
  app.delete(path, async (c) => {
    const { repository, pull } = enterPullRequest(context, c, { pull_requests: 'write' });
    const { reviewers } = await readBody(c, 'PullRequest', reviewersBody);
    pull.requestedReviewers = pull.requestedReviewers.filter(
      (one) => !reviewers.some((login) => isSameName(login, one)),
    );
    return c.json(simplePullRequestView(context, repository, pull));
  });
};

export const pullRoutes = (api: Api): void => {
  listRoutes(api);
  oneRoutes(api);
  mergeRoutes(api);
  reviewerRoutes(api);
};
