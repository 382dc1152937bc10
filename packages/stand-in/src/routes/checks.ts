import type { Context as Request } from 'hono';
import { z } from 'zod';
import type { Api, Env } from '../api.ts';
import { changeCheckRun, changedCheckRun, createCheckRun, newCheckRun, tellRun } from '../checks/check-runs.ts';
import { latestRuns } from '../checks/judge-suite.ts';
import { requestSuites, suiteFor, tellSuite } from '../checks/suites.ts';
import type { Context } from '../context.ts';
import { readCommit } from '../objects/parse.ts';
import { takePage } from '../paging.ts';
import { readBody } from '../read-body.ts';
import type { CheckRun, CheckSuite } from '../records/checks.ts';
import type { Repository } from '../records/repositories.ts';
import { readNamedCommit } from '../refs/named-commit.ts';
import { refusals } from '../refusals.ts';
import { type Entered, enter } from '../require-permission.ts';
import { checkRunView } from '../views/check-run.ts';
import { checkSuiteView } from '../views/check-suite.ts';

/** Checks belong to apps: a person's token has none. */
function enterAsChecker(context: Context, c: Request<Env>): Entered & { appId: number } {
  const entered = enter(context, c, { checks: 'write' });
  const { appId } = entered.who;
  if (appId === null) throw refusals.forbidden('You must authenticate via a GitHub App.', 'checks=write');
  return { ...entered, appId };
}

async function existingHead({ git }: Entered, sha: string): Promise<string> {
  const isFull = /^[0-9a-f]{40}$/.test(sha);
  if (!isFull || (await readCommit(git, sha)) === null) throw refusals.unprocessable(`No commit found for SHA: ${sha}`);
  return sha;
}

function pickRun(context: Context, c: Request<Env>, repository: Repository): CheckRun {
  const run = context.state.checkRuns.find(({ id }) => id === Number(c.req.param('id')));
  if (run?.repository !== repository.id) throw refusals.notFound();
  return run;
}

function pickSuite(context: Context, c: Request<Env>, repository: Repository): CheckSuite {
  const suite = context.state.checkSuites.find(({ id }) => id === Number(c.req.param('id')));
  if (suite?.repository !== repository.id) throw refusals.notFound();
  return suite;
}

/** `check_name`, `status`, `app_id` and `filter` (`latest` unless `all`); the newest first. */
function selectRuns(c: Request<Env>, runs: readonly CheckRun[]): CheckRun[] {
  const { check_name: name, status, app_id: app, filter } = c.req.query();
  const seen = filter === 'all' ? runs : latestRuns(runs);
  return seen
    .filter((run) => name === undefined || run.name === name)
    .filter((run) => status === undefined || run.status === status)
    .filter((run) => app === undefined || run.appId === Number(app))
    .toReversed();
}

function answerRuns(context: Context, c: Request<Env>, repository: Repository, runs: readonly CheckRun[]) {
  const selected = selectRuns(c, runs);
  const views = takePage(c, selected).map((run) => checkRunView(context, repository, run));
  return c.json({ total_count: selected.length, check_runs: views });
}

/** The commit of `{ref}`. */
async function namedHead({ git }: Entered, c: Request<Env>): Promise<string> {
  const ref = c.req.param('ref') ?? '';
  const commit = await readNamedCommit(git, ref);
  if (commit === null) throw refusals.unprocessable(`No commit found for SHA: ${ref}`);
  return commit.id;
}

function runRoutes({ app, context }: Api): void {
  const { state } = context;
  app.post('/repos/:owner/:repo/check-runs', async (c) => {
    const entered = enterAsChecker(context, c);
    const given = await readBody(c, 'CheckRun', newCheckRun);
    const head = await existingHead(entered, given.head_sha);
    const { repository, appId, who } = entered;
    const run = await createCheckRun(context, { repository, appId, head }, given, who.login);
    return c.json(checkRunView(context, repository, run), 201);
  });
  app.get('/repos/:owner/:repo/check-runs/:id', (c) => {
    const { repository } = enter(context, c, { checks: 'read' });
    return c.json(checkRunView(context, repository, pickRun(context, c, repository)));
  });
  app.get('/repos/:owner/:repo/check-runs/:id/annotations', (c) => {
    const { repository } = enter(context, c, { checks: 'read' });
    const run = pickRun(context, c, repository);
    const blob = (path: string) => `${context.url}/${repository.owner}/${repository.name}/blob/${run.head}/${path}`;
    return c.json(takePage(c, run.annotations).map((one) => ({ ...one, blob_href: blob(one.path) })));
  });
  app.patch('/repos/:owner/:repo/check-runs/:id', async (c) => {
    const { repository, appId, who } = enterAsChecker(context, c);
    const run = pickRun(context, c, repository);
    if (run.appId !== appId)
      throw refusals.forbidden(
        `Invalid app_id \`${appId}\` - check run can only be modified by the GitHub App that created it.`,
      );
    const given = await readBody(c, 'CheckRun', changedCheckRun);
    await changeCheckRun(context, repository, run, { given, sender: who.login });
    return c.json(checkRunView(context, repository, run));
  });
  app.post('/repos/:owner/:repo/check-runs/:id/rerequest', (c) => {
    const { repository, who } = enter(context, c, { checks: 'write' });
    tellRun(context, repository, pickRun(context, c, repository), { action: 'rerequested', sender: who.login });
    return c.json({}, 201);
  });
  app.get('/repos/:owner/:repo/commits/:ref/check-runs', async (c) => {
    const entered = enter(context, c, { checks: 'read' });
    const head = await namedHead(entered, c);
    const { repository } = entered;
    const runs = state.checkRuns.filter((run) => run.repository === repository.id && run.head === head);
    return answerRuns(context, c, repository, runs);
  });
}

function suiteRoutes({ app, context }: Api): void {
  const { state } = context;
  app.post('/repos/:owner/:repo/check-suites', async (c) => {
    const entered = enterAsChecker(context, c);
    const given = await readBody(c, 'CheckSuite', z.object({ head_sha: z.string() }));
    const head = await existingHead(entered, given.head_sha);
    const { repository, appId, who } = entered;
    const { suite, isNew } = suiteFor(context, { repository, appId, head });
    if (isNew) await tellSuite(context, repository, suite, { action: 'requested', sender: who.login });
    return c.json(await checkSuiteView(context, repository, suite), isNew ? 201 : 200);
  });
  app.get('/repos/:owner/:repo/check-suites/:id', async (c) => {
    const { repository } = enter(context, c, { checks: 'read' });
    return c.json(await checkSuiteView(context, repository, pickSuite(context, c, repository)));
  });
  app.get('/repos/:owner/:repo/check-suites/:id/check-runs', (c) => {
    const { repository } = enter(context, c, { checks: 'read' });
    const { id } = pickSuite(context, c, repository);
    const runs = state.checkRuns.filter(({ suite }) => suite === id);
    return answerRuns(context, c, repository, runs);
  });
  app.post('/repos/:owner/:repo/check-suites/:id/rerequest', async (c) => {
    const { repository, who } = enter(context, c, { checks: 'write' });
    const suite = pickSuite(context, c, repository);
    await tellSuite(context, repository, suite, { action: 'rerequested', sender: who.login });
    return c.json({}, 201);
  });
  app.get('/repos/:owner/:repo/commits/:ref/check-suites', async (c) => {
    const entered = enter(context, c, { checks: 'read' });
    const head = await namedHead(entered, c);
    const { repository } = entered;
    const app = c.req.query('app_id');
    const suites = state.checkSuites.filter(
      (one) =>
        one.repository === repository.id && one.head === head && (app === undefined || one.appId === Number(app)),
    );
    const views = await Promise.all(takePage(c, suites).map((suite) => checkSuiteView(context, repository, suite)));
    return c.json({ total_count: suites.length, check_suites: views });
  });
}

export const checkRoutes = (api: Api): void => {
  runRoutes(api);
  suiteRoutes(api);
  api.context.onEvent((event) => requestSuites(api.context, event));
};
