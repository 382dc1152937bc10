import type { Api } from '../api.ts';
import type { Context } from '../context.ts';
import { readCommit } from '../objects/parse.ts';
import { takePage } from '../paging.ts';
import type { Repository, Ruleset } from '../records/repositories.ts';
import { listRefs, readBranch, shortName } from '../refs/refs.ts';
import { rulesetsOf } from '../refs/rulesets.ts';
import { refusals } from '../refusals.ts';
import { enter } from '../require-permission.ts';
import { commitView } from '../views/commit.ts';
import { fullName, repositoryApi, repositoryPage } from '../views/schema.ts';

const isProtected = (context: Context, repository: Repository, branch: string) =>
  rulesetsOf(context, repository, `refs/heads/${branch}`).length > 0;

/** A ruleset as the list of rules that GitHub shows for a branch. */
function rulesView(repository: Repository, ruleset: Ruleset) {
  const of = {
    ruleset_source_type: 'Repository' as const,
    ruleset_source: fullName(repository),
    ruleset_id: ruleset.id,
  };
  const reviews = {
    required_approving_review_count: ruleset.requiredReviews,
    dismiss_stale_reviews_on_push: ruleset.dismissStale,
    require_code_owner_review: false,
    require_last_push_approval: false,
    required_review_thread_resolution: false,
  };
  const checks = ruleset.requiredChecks.map(({ context, appId }) =>
    appId === null ? { context } : { context, integration_id: appId },
  );
  return [
    ...(ruleset.noDeletion ? [{ type: 'deletion', ...of }] : []),
    ...(ruleset.noForcePush ? [{ type: 'non_fast_forward', ...of }] : []),
    ...(ruleset.noUpdate ? [{ type: 'update', ...of }] : []),
    ...(ruleset.requiredReviews > 0 ? [{ type: 'pull_request', parameters: reviews, ...of }] : []),
    ...(checks.length > 0
      ? [
          {
            type: 'required_status_checks',
            parameters: { required_status_checks: checks, strict_required_status_checks_policy: false },
            ...of,
          },
        ]
      : []),
  ];
}

const listRoute = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/branches', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const branches = await listRefs(git, 'refs/heads/');
    const api = repositoryApi(context, repository);
    return c.json(
      takePage(c, branches).map(({ name, id }) => ({
        name: shortName(name),
        commit: { sha: id, url: `${api}/commits/${id}` },
        protected: isProtected(context, repository, shortName(name)),
      })),
    );
  });
};

const oneRoute = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/branches/:branch{.+}', async (c) => {
    const { repository, git } = enter(context, c, { contents: 'read' });
    const name = c.req.param('branch');
    const tip = await readBranch(git, name);
    const commit = tip === null ? null : await readCommit(git, tip);
    if (commit === null) throw refusals.notFound('Branch not found');
    const self = `${repositoryApi(context, repository)}/branches/${name}`;
    return c.json({
      name,
      commit: commitView(context, repository, commit),
      _links: { html: `${repositoryPage(context, repository)}/tree/${name}`, self },
      protected: isProtected(context, repository, name),
      protection: { enabled: false },
      protection_url: `${self}/protection`,
    });
  });
};

const ruleRoute = ({ app, context }: Api): void => {
  app.get('/repos/:owner/:repo/rules/branches/:branch{.+}', (c) => {
    const { repository } = enter(context, c, { metadata: 'read' });
    const rulesets = rulesetsOf(context, repository, `refs/heads/${c.req.param('branch')}`);
    return c.json(
      takePage(
        c,
        rulesets.flatMap((ruleset) => rulesView(repository, ruleset)),
      ),
    );
  });
};

export const branchRoutes = (api: Api): void => {
  listRoute(api);
  oneRoute(api);
  ruleRoute(api);
};
