import type { Context as Request } from 'hono';
import type { Api, Env } from '../api.ts';
import type { Context } from '../context.ts';
import type { Git } from '../git.ts';
import { type Commit, readCommit } from '../objects/parse.ts';
import { takePage } from '../paging.ts';
import { diffSinceFork } from '../pulls/diff.ts';
import { listOwnCommits } from '../pulls/three-way.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { isAncestor } from '../refs/refs.ts';
import { Refusal, refusals } from '../refusals.ts';
import { type Entered, enter } from '../require-permission.ts';
import { isSameName } from '../state.ts';
import { commitView, fileView, fullCommitView } from '../views/commit.ts';
import { simplePullRequestView } from '../views/pull-request.ts';
import { repositoryApi, repositoryPage } from '../views/schema.ts';

/** GitHub answers 422, not 404, for a commit that is not there. */
async function requireCommit(git: Git, name: string): Promise<Commit> {
  const commit = await readCommit(git, name);
  if (commit === null) throw refusals.unprocessable(`No commit found for SHA: ${name}`);
  return commit;
}

const readCommits = async (git: Git, ids: readonly string[]): Promise<Commit[]> =>
  (await Promise.all(ids.map((id) => readCommit(git, id)))).filter((commit) => commit !== null);

async function listIds(c: Request<Env>, { repository, git }: Entered): Promise<string[]> {
  const { sha = repository.defaultBranch, path, since, until, author } = c.req.query();
  const start = await readCommit(git, sha);
  if (start === null && (await git.text(['for-each-ref', '--count=1'])) === '')
    throw new Refusal(409, { message: 'Git Repository is empty.', documentation_url: '', status: '409' });
  if (start === null) throw refusals.notFound();
  const filters = [
    ...(since === undefined ? [] : [`--since=${since}`]),
    ...(until === undefined ? [] : [`--until=${until}`]),
    ...(author === undefined ? [] : [`--author=${author}`, '--fixed-strings']),
  ];
  const where = path === undefined || path === '' ? [] : ['--', `:(top,literal)${path}`];
  return (await git.text(['rev-list', ...filters, start.id, ...where])).split('\n').filter((id) => id !== '');
}

/** What a rebase does not change. */
const wordsOf = ({ message, author }: Commit) => `${author.date} ${message}`;

/** A rebase made the commit anew: it is among the last ones that the merge brought, and says what one of the old ones says. */
async function isRebased(git: Git, mergeCommit: string, own: readonly string[], commit: string): Promise<boolean> {
  const newest = await git.text(['rev-list', '--first-parent', `--max-count=${own.length}`, mergeCommit]);
  if (!newest.split('\n').includes(commit)) return false;
  const [said, ...known] = (await readCommits(git, [commit, ...own])).map(wordsOf);
  return said !== undefined && known.includes(said);
}

/** Open or merged ones that have the commit, or that brought it. */
async function isOf(git: Git, pull: PullRequest, commit: string): Promise<boolean> {
  if (pull.merged !== null && pull.mergeCommit === commit) return true;
  const own = await listOwnCommits(git, pull.base.commit, pull.head.commit);
  if (own.includes(commit)) return true;
  return pull.merged !== null && pull.mergeCommit !== null && isRebased(git, pull.mergeCommit, own, commit);
}

export async function listPullRequestsOf(
  context: Context,
  repository: Repository,
  commit: string,
): Promise<PullRequest[]> {
  const git = context.git(repository);
  const all = context.state.pullRequests.filter((pull) => pull.repository === repository.id);
  const found = await Promise.all(all.map((pull) => isOf(git, pull, commit)));
  return all.filter((_, index) => found[index]);
}

const readRoutes = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/commits', async (c) => {
    const entered = enter(context, c, { contents: 'read' });
    const page = await readCommits(entered.git, takePage(c, await listIds(c, entered)));
    return c.json(page.map((commit) => commitView(context, entered.repository, commit)));
  });
  app.get('/repos/:owner/:repo/commits/:sha/pulls', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read', pull_requests: 'read' });
    const commit = await requireCommit(git, c.req.param('sha'));
    const pulls = await listPullRequestsOf(context, repository, commit.id);
    return c.json(takePage(c, pulls).map((pull) => simplePullRequestView(context, repository, pull)));
  });
  app.get('/repos/:owner/:repo/commits/:sha', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const commit = await requireCommit(git, c.req.param('sha'));
    if (/\.sha\b/.test(c.req.header('accept') ?? '')) return c.text(commit.id);
    return c.json(await fullCommitView(context, repository, commit));
  });
};

/** Of `owner:branch` the branch, when it is of this repository. */
const local = (repository: Repository, name: string) => {
  const [owner = '', branch] = name.split(':');
  return branch !== undefined && isSameName(owner, repository.owner) ? branch : name;
};

async function statusOf(git: Git, base: string, head: string) {
  if (base === head) return 'identical' as const;
  if (await isAncestor(git, base, head)) return 'ahead' as const;
  return (await isAncestor(git, head, base)) ? ('behind' as const) : ('diverged' as const);
}

async function comparison(git: Git, base: Commit, head: Commit) {
  const fork = await git.run(['merge-base', base.id, head.id]);
  const common = await readCommit(git, fork.stdout.toString('utf8').trim());
  if (fork.exitCode !== 0 || common === null) throw refusals.notFound();
  const [ahead, behind, files, status] = await Promise.all([
    listOwnCommits(git, base.id, head.id),
    listOwnCommits(git, head.id, base.id),
    diffSinceFork(git, base.id, head.id),
    statusOf(git, base.id, head.id),
  ]);
  return { common, ahead, behind: behind.length, files: files.slice(0, 300), status };
}

const compareRoute = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/compare/:range{.+}', async (c) => {
    const entered = enter(context, c, { contents: 'read' });
    const { repository, git } = entered;
    const [from, to] = c.req.param('range').split('...');
    if (from === undefined || to === undefined) throw refusals.notFound();
    const base = await readCommit(git, local(repository, from));
    const head = await readCommit(git, local(repository, to));
    if (base === null || head === null) throw refusals.notFound();
    const { common, ahead, behind, files, status } = await comparison(git, base, head);
    const commits = await readCommits(git, takePage(c, ahead));
    const page = `${repositoryPage(context, repository)}/compare/${from}...${to}`;
    return c.json({
      url: `${repositoryApi(context, repository)}/compare/${from}...${to}`,
      html_url: page,
      permalink_url: page,
      diff_url: `${page}.diff`,
      patch_url: `${page}.patch`,
      base_commit: commitView(context, repository, base),
      merge_base_commit: commitView(context, repository, common),
      status,
      ahead_by: ahead.length,
      behind_by: behind,
      total_commits: ahead.length,
      commits: commits.map((commit) => commitView(context, repository, commit)),
      files: files.map((file) => fileView(context, repository, head.id, file)),
    });
  });
};

export const commitRoutes = (api: Api): void => {
  readRoutes(api);
  compareRoute(api);
};
