import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Permissions, type StandIn, startStandIn } from '@model-gitops/stand-in';
import { parse } from 'yaml';
import { createPerson, type Person, repository } from '../demo/people.ts';
import { runGit } from '../demo/run-git.ts';
import { layOutExample } from '../demo/scene.ts';
import { checkOut } from '../demo/workflow.ts';
import type { RunnerEvent } from '../doors/runner.ts';
import { layOutActions } from './lay-out-actions.ts';
import { type ActRun, runAct } from './run-act.ts';

export interface StageRequest {
  /** The clone of model-gitops, with `dist/` and the example. */
  readonly home: string;
  /** Emptied first; everything is made below it. */
  readonly folder: string;
  /** The program. */
  readonly act: string;
}

/** A team on a GitHub on loopback, and runners for its workflows. No app is installed. */
export interface Stage {
  readonly github: StandIn;
  readonly anna: Person;
  readonly ben: Person;
  /** Anna's checkout, with the example in it. */
  readonly checkout: string;
  /** Runs git in the repository as it lies on GitHub. */
  origin(...args: readonly string[]): Promise<string>;
  /** A run of a workflow, with a token that has its permissions. */
  run(workflow: string, event: RunnerEvent): Promise<ActRun>;
  close(): Promise<void>;
}

interface Workflow {
  readonly jobs: Readonly<Record<string, { readonly permissions?: Readonly<Record<string, 'read' | 'write'>> }>>;
}

/** As the job asks for them, and no others: GitHub gives its token no more. */
function permissionsOf(workflow: string): Permissions {
  const { jobs } = parse(readFileSync(workflow, 'utf8')) as Workflow;
  const asked = Object.values(jobs).flatMap(({ permissions = {} }) => Object.entries(permissions));
  return Object.fromEntries(asked.map(([name, level]) => [name.replaceAll('-', '_'), level]));
}

/** What happens is told, as to anybody who listens; here nobody takes it. */
function listen(github: StandIn): void {
  github.webhooks.hold();
  github.webhooks.addListener('http://127.0.0.1:1/', 'nobody');
}

function createRunner(
  { home, folder, act }: StageRequest,
  { github, anna }: Pick<Stage, 'github' | 'anna'>,
): Stage['run'] {
  let runs = 0;
  return async (workflow, event) => {
    runs += 1;
    const place = join(folder, 'runs', String(runs).padStart(2, '0'));
    const workspace = join(place, 'penguins');
    await checkOut({ town: { github }, folder: workspace, event }, anna);
    const { sender } = event.payload as { readonly sender?: { readonly login: string } };
    return runAct({
      act,
      workflow,
      workspace,
      folder: place,
      event,
      token: github.workflowToken(repository, permissionsOf(workflow)),
      repositories: layOutActions({ home, folder: join(place, 'actions'), workflow }),
      variables: {
        GITHUB_ACTOR: sender?.login ?? 'anna',
        GITHUB_API_URL: github.apiUrl,
        GITHUB_GRAPHQL_URL: `${github.url}/api/graphql`,
        GITHUB_REPOSITORY: repository,
        GITHUB_RUN_ID: String(8100 + runs),
        GITHUB_RUN_NUMBER: String(runs),
        GITHUB_SERVER_URL: github.url,
        MODEL_GITOPS_ENGINES: home,
      },
    });
  };
}

async function furnish(github: StandIn, request: StageRequest): Promise<Stage> {
  listen(github);
  github.createUser('acme', { type: 'Organization' });
  await github.createRepository(repository);
  const anna = createPerson(github, { login: 'anna', name: 'Anna Vogt' });
  const ben = createPerson(github, { login: 'ben', name: 'Ben Okoro' });
  for (const { login } of [anna, ben]) github.addCollaborator(repository, login, 'write');
  const checkout = join(request.folder, 'checkout');
  await layOutExample(request.home, checkout, { seed: 1 });
  await anna.git(checkout, 'init', '--quiet');
  await anna.git(checkout, 'remote', 'add', 'origin', `${github.url}/${repository}.git`);
  return {
    github,
    anna,
    ben,
    checkout,
    origin: (...args) => runGit(github.gitFolder(repository), args, null),
    run: createRunner(request, { github, anna }),
    close: () => github.close(),
  };
}

export async function createStage(request: StageRequest): Promise<Stage> {
  rmSync(request.folder, { recursive: true, force: true });
  mkdirSync(request.folder, { recursive: true });
  const github = await startStandIn({ folder: join(request.folder, 'github') });
  try {
    return await furnish(github, request);
  } catch (thrown) {
    await github.close();
    throw thrown;
  }
}
