import { createForgeClient, type GithubForgeOptions, githubForge, githubGitStore } from '@model-gitops/github';
import { systemHost } from '@model-gitops/host';
import { type AppKeys, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { createAppAuth } from '@octokit/auth-app';
import { afterAll, beforeAll } from 'vitest';
import { forgeContract, type OpenForge } from './forge.ts';
import { standInPeople } from './stand-in-people.ts';

const owner = 'acme-owner';

let github: StandIn;
let app: AppKeys;
let count = 0;

beforeAll(async () => {
  github = await startStandIn();
  github.createUser(owner);
  app = github.createApp({ slug: 'model-gitops', permissions, events: [] });
});
afterAll(() => github.close());

const permissions = {
  contents: 'write',
  pull_requests: 'write',
  checks: 'write',
  statuses: 'write',
  issues: 'write',
  actions: 'write',
} as const;

type Access = Parameters<typeof createForgeClient>[0]['access'];

/** A repository of its own, and who writes there. */
async function openAs(actor: string, accessTo: (repository: string) => Access, options: GithubForgeOptions) {
  count += 1;
  const name = `penguins-${count}`;
  const repository = `${owner}/${name}`;
  await github.createRepository(repository);
  const access = accessTo(repository);
  const client = () =>
    createForgeClient({ apiUrl: github.apiUrl, access, repository: { owner, name }, host: systemHost() });
  const open: OpenForge = {
    forge: githubForge(client(), options),
    other: githubForge(client(), options),
    actor,
    git: githubGitStore(client()),
    people: standInPeople(github, repository),
  };
  return open;
}

forgeContract('github as an app', () => {
  const { id: appId, privateKey } = app;
  const accessTo = (repository: string) => {
    const installationId = github.install({ id: appId }, repository);
    return { authStrategy: createAppAuth, auth: { appId, privateKey, installationId } };
  };
  return openAs('model-gitops[bot]', accessTo, { checkKind: 'app', appId });
});

const asWorkflow = () => {
  const accessTo = (repository: string) => ({ token: github.workflowToken(repository, permissions) });
  return openAs('github-actions[bot]', accessTo, { checkKind: 'status' });
};
forgeContract('github as a workflow', asWorkflow, ['checks', 'comments']);
