import { findApp } from '../../apps/find-app.ts';
import { judgeSuite, latestRuns } from '../../checks/judge-suite.ts';
import type { CheckRun, CheckSuite } from '../../records/checks.ts';
import type { Repository } from '../../records/repositories.ts';
import { nodeId, repositoryPage } from '../../views/schema.ts';
import { type PageArgs, takeConnection } from '../connection.ts';
import type { Fields, Query, Typed } from '../query.ts';
import { commitAt } from '../sources/git-objects.ts';
import { repositoryOf } from '../sources/repository.ts';

export interface SuiteFilter {
  readonly appId?: number | null;
  readonly checkName?: string | null;
}
interface RunFilter extends SuiteFilter {
  readonly checkType?: 'ALL' | 'LATEST' | null;
  readonly status?: string | null;
  readonly statuses?: readonly string[] | null;
  readonly conclusions?: readonly string[] | null;
}
export interface SuiteSource extends Typed<'CheckSuite'> {
  readonly repository: Repository;
  readonly suite: CheckSuite;
}
export interface RunSource extends Typed<'CheckRun'> {
  readonly repository: Repository;
  readonly run: CheckRun;
}

export const suiteOf = (repository: Repository, suite: CheckSuite): SuiteSource => ({
  __typename: 'CheckSuite',
  repository,
  suite,
});
export const runOf = (repository: Repository, run: CheckRun): RunSource => ({
  __typename: 'CheckRun',
  repository,
  run,
});

const isNot = (wanted: string | number | null | undefined, is: string | number) => wanted != null && wanted !== is;

function runsOf({ context }: Query, suite: CheckSuite): CheckRun[] {
  return context.state.checkRuns.filter((run) => run.suite === suite.id);
}

export function chooseSuites(query: Query, repository: Repository, head: string, filter: SuiteFilter): CheckSuite[] {
  const { appId, checkName } = filter;
  return query.context.state.checkSuites.filter(
    (suite) =>
      suite.repository === repository.id &&
      suite.head === head &&
      !isNot(appId, suite.appId) &&
      (checkName == null || runsOf(query, suite).some(({ name }) => name === checkName)),
  );
}

const upper = (text: string | null) => text?.toUpperCase() ?? null;

function chooseRuns(runs: readonly CheckRun[], filter: RunFilter): CheckRun[] {
  const { appId, checkName, checkType, status, statuses, conclusions } = filter;
  return (checkType === 'LATEST' ? latestRuns(runs) : runs).filter(
    (run) =>
      !isNot(appId, run.appId) &&
      !isNot(checkName, run.name) &&
      !isNot(status, run.status.toUpperCase()) &&
      (statuses == null || statuses.includes(run.status.toUpperCase())) &&
      (conclusions == null || conclusions.includes(upper(run.conclusion) ?? '')),
  );
}

export const suiteFields: Fields<SuiteSource> = {
  id: ({ suite }) => nodeId('CheckSuite', suite.id),
  databaseId: ({ suite }) => suite.id,
  createdAt: ({ suite }) => suite.createdAt,
  updatedAt: ({ suite }) => suite.updatedAt,
  status: ({ suite }, _args: object, { context }) => upper(judgeSuite(context.state, suite).status),
  conclusion: ({ suite }, _args: object, { context }) => upper(judgeSuite(context.state, suite).conclusion),
  app({ suite }, _args: object, { context }) {
    const app = findApp(context.state, suite.appId);
    if (app === undefined) return null;
    return { id: nodeId('App', app.id), databaseId: app.id, slug: app.slug, name: app.name };
  },
  commit: ({ repository, suite }, _args: object, query) => commitAt(query, repository, suite.head),
  repository: ({ repository }) => repositoryOf(repository),
  checkRuns({ repository, suite }, args: PageArgs & { readonly filterBy?: RunFilter | null }, query, info) {
    const runs = chooseRuns(runsOf(query, suite), args.filterBy ?? {});
    return takeConnection(
      runs.map((run) => runOf(repository, run)),
      args,
      info,
    );
  },
};

export const runFields: Fields<RunSource> = {
  id: ({ run }) => nodeId('CheckRun', run.id),
  databaseId: ({ run }) => run.id,
  name: ({ run }) => run.name,
  status: ({ run }) => upper(run.status),
  conclusion: ({ run }) => upper(run.conclusion),
  title: ({ run }) => run.title,
  summary: ({ run }) => run.summary,
  text: ({ run }) => run.text,
  externalId: ({ run }) => run.externalId,
  detailsUrl: ({ run }) => run.detailsUrl,
  startedAt: ({ run }) => run.startedAt,
  completedAt: ({ run }) => run.completedAt,
  url: ({ repository, run }, _args: object, { context }) => `${repositoryPage(context, repository)}/runs/${run.id}`,
  repository: ({ repository }) => repositoryOf(repository),
  checkSuite({ repository, run }, _args: object, { context }) {
    const suite = context.state.checkSuites.find(({ id }) => id === run.suite);
    return suite === undefined ? null : suiteOf(repository, suite);
  },
};
