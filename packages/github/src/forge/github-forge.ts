import type { Forge } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { githubChecks } from './github-checks.ts';
import { githubComments } from './github-comments.ts';
import { githubPeople } from './github-people.ts';
import { githubPullRequests } from './github-pull-requests.ts';
import { githubWorkflows } from './github-workflows.ts';
import type { OurCheck } from './pull-request-fields.ts';

/** `app`: check runs of the app with this id. `status`: commit statuses, with the token of a workflow or of a person. */
export type GithubForgeOptions = OurCheck;

/** What we need of GitHub beside Git. A pull request with all its facts is one GraphQL call; writes go by REST. */
export function githubForge(client: ForgeClient, options: GithubForgeOptions): Forge {
  const place = { client, ours: options };
  return {
    pullRequests: githubPullRequests(place),
    checks: githubChecks(place),
    comments: githubComments(client),
    people: githubPeople(client),
    workflows: githubWorkflows(client),
  };
}
