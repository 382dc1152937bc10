import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type StandIn, startStandIn } from '@model-gitops/stand-in';
import { runBuiltAction } from './runner.ts';
import { documentOf, git, gitEnvironment, home, type Team } from './team.ts';

type Permissions = Readonly<Record<string, 'read' | 'write'>>;

/** A team whose repository is on a GitHub: steps name no store, and have a token of the job. */
export interface ForgeTeam extends Team {
  readonly github: StandIn;
  /** The same team, whose jobs may do that and no more. */
  with(permissions: Permissions): Team;
  close(): Promise<void>;
}

const repository = 'acme/penguins';

/** What is pushed goes into the folder behind the GitHub: it runs in this process, where git would wait for it forever. */
function teamOf(github: StandIn, root: string, permissions: Permissions): Team {
  const origin = github.gitFolder(repository);
  const environment = { ...gitEnvironment, GITHUB_API_URL: github.apiUrl, GITHUB_SERVER_URL: github.url };
  return {
    origin,
    store: '',
    git,
    push(folder, branch, message) {
      git(folder, 'add', '--all');
      git(folder, 'commit', '--quiet', '--allow-empty', '--message', message);
      git(folder, 'push', '--quiet', origin, `HEAD:refs/heads/${branch}`);
      return git(folder, 'rev-parse', 'HEAD');
    },
    checkout(name, ref = 'main') {
      const folder = join(root, name);
      git(root, 'clone', '--quiet', '--depth=1', '--no-tags', '--branch', ref, `file://${origin}`, folder);
      git(folder, 'remote', 'set-url', 'origin', `${github.url}/${repository}.git`);
      return folder;
    },
    async step(folder, action, event, inputs = {}) {
      const token = github.workflowToken(repository, permissions);
      const run = await runBuiltAction({ home, action, workspace: folder, event, inputs, token, environment });
      return { ...run, document: documentOf(run) };
    },
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

/** The penguins on main of a repository on a GitHub. */
export async function createForgeTeam(): Promise<ForgeTeam> {
  const root = mkdtempSync(join(tmpdir(), 'model-gitops-forge-'));
  const github = await startStandIn();
  await github.createRepository(repository);
  const team = teamOf(github, root, { contents: 'write' });
  const anna = join(root, 'anna');
  cpSync(join(home, 'examples/penguins'), anna, { recursive: true });
  git(anna, 'init', '--quiet');
  team.push(anna, 'main', 'Predict the species of a penguin');
  return {
    ...team,
    github,
    with: (permissions) => teamOf(github, root, permissions),
    async close() {
      team.remove();
      await github.close();
    },
  };
}
