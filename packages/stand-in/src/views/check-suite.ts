import { judgeSuite, runsOf } from '../checks/judge-suite.ts';
import type { Context } from '../context.ts';
import { readCommit } from '../objects/parse.ts';
import type { CheckSuite } from '../records/checks.ts';
import type { Repository } from '../records/repositories.ts';
import { appViewOf } from './app.ts';
import { pullRequestsOfHead } from './check-run.ts';
import { shownMessage } from './git-objects.ts';
import { repositoryView } from './repository.ts';
import { nodeId, repositoryApi, type Schema } from './schema.ts';

/** The commit of a head, short. */
export async function readHeadCommit(
  context: Context,
  repository: Repository,
  head: string,
): Promise<Schema<'simple-commit'>> {
  const commit = await readCommit(context.git(repository), head);
  if (commit === null) throw new Error(`commit ${head} of a check suite is gone`);
  const { id, tree, message, author, committer } = commit;
  return {
    id,
    tree_id: tree,
    message: shownMessage(message),
    timestamp: committer.date,
    author: { name: author.name, email: author.email },
    committer: { name: committer.name, email: committer.email },
  };
}

function renderSuite(context: Context, repository: Repository, suite: CheckSuite, commit: Schema<'simple-commit'>) {
  const url = `${repositoryApi(context, repository)}/check-suites/${suite.id}`;
  return {
    id: suite.id,
    node_id: nodeId('CheckSuite', suite.id),
    head_branch: suite.branch,
    head_sha: suite.head,
    ...judgeSuite(context.state, suite),
    url,
    before: null,
    after: suite.head,
    pull_requests: pullRequestsOfHead(context, repository, suite.head),
    app: appViewOf(context, suite.appId),
    created_at: suite.createdAt,
    updated_at: suite.updatedAt,
    head_commit: commit,
    latest_check_runs_count: runsOf(context.state, suite).length,
    check_runs_url: `${url}/check-runs`,
    rerequestable: true,
    runs_rerequestable: true,
  };
}

/** An event tells the repository once, beside the suite. */
export const checkSuiteEventView = renderSuite;

export async function checkSuiteView(
  context: Context,
  repository: Repository,
  suite: CheckSuite,
): Promise<Schema<'check-suite'>> {
  const { license: _license, ...plain } = repositoryView(context, repository);
  const commit = await readHeadCommit(context, repository, suite.head);
  return { ...renderSuite(context, repository, suite, commit), repository: plain };
}
