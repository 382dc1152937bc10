import type { Context } from '../context.ts';
import type { CheckRun } from '../records/checks.ts';
import type { PullRequest } from '../records/pull-requests.ts';
import type { Repository } from '../records/repositories.ts';
import { findIssue } from '../state.ts';
import { appViewOf } from './app.ts';
import { nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';

function minimalView(context: Context, repository: Repository, pull: PullRequest): Schema<'pull-request-minimal'> {
  const url = repositoryApi(context, repository);
  const repo = { id: repository.id, url, name: repository.name };
  return {
    id: pull.id,
    number: pull.number,
    url: `${url}/pulls/${pull.number}`,
    head: { ref: pull.head.branch, sha: pull.head.commit, repo },
    base: { ref: pull.base.branch, sha: pull.base.commit, repo },
  };
}

/** Open ones of the repository's own branches: a fork's are not told. */
export function pullRequestsOfHead(context: Context, repository: Repository, head: string) {
  return context.state.pullRequests
    .filter((pull) => pull.repository === repository.id && pull.head.repository === repository.id)
    .filter((pull) => pull.head.commit === head && findIssue(context.state, repository, pull.number)?.state === 'open')
    .map((pull) => minimalView(context, repository, pull));
}

export function checkRunView(context: Context, repository: Repository, run: CheckRun): Schema<'check-run'> {
  const url = `${repositoryApi(context, repository)}/check-runs/${run.id}`;
  const page = `${repositoryPage(context, repository)}/runs/${run.id}`;
  return {
    id: run.id,
    name: run.name,
    node_id: nodeId('CheckRun', run.id),
    head_sha: run.head,
    external_id: run.externalId,
    url,
    html_url: page,
    details_url: run.detailsUrl ?? page,
    status: run.status,
    conclusion: run.conclusion === 'stale' ? null : run.conclusion,
    started_at: run.startedAt,
    completed_at: run.completedAt,
    output: {
      title: run.title,
      summary: run.summary,
      text: run.text,
      annotations_count: run.annotations.length,
      annotations_url: `${url}/annotations`,
    },
    check_suite: { id: run.suite },
    app: appViewOf(context, run.appId),
    pull_requests: pullRequestsOfHead(context, repository, run.head),
  };
}
