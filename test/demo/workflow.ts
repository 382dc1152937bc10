import { mkdir, readFile } from 'node:fs/promises';
import { type ActionRun, type RunnerEvent, runBuiltAction } from '../doors/runner.ts';
import { type Person, repository } from './people.ts';
import { gitEnvironment } from './run-git.ts';
import { must } from './step-failure.ts';
import type { Town } from './town.ts';

/** An action's answer with its document. */
export type ActionAnswer = ActionRun & { readonly document: unknown };

/** A run of the repository's workflow: a checkout of its own, and one step after another in it. */
export interface WorkflowRun {
  readonly folder: string;
  act(action: string, inputs?: Readonly<Record<string, string>>): Promise<ActionAnswer>;
}

export interface WorkflowRequest {
  readonly town: Town;
  readonly home: string;
  readonly folder: string;
  /** Counts the runs of the workflow. */
  readonly number: number;
  readonly event: RunnerEvent;
  /** As under `permissions:`. */
  readonly permissions: Readonly<Record<string, 'read' | 'write'>>;
}

/** What actions/checkout does: one commit, by the token of the job, which is not kept. */
export async function checkOut(
  { town, folder, event }: Pick<WorkflowRequest, 'folder' | 'event'> & { readonly town: Pick<Town, 'github'> },
  reader: Person,
): Promise<void> {
  await mkdir(folder, { recursive: true });
  const { sha = '', ref = '' } = event;
  const isBranch = ref.startsWith('refs/heads/');
  const kept = ref.replace(/^refs\/(heads|pull)\//, isBranch ? 'refs/remotes/origin/' : 'refs/remotes/pull/');
  await reader.git(folder, 'init', '--quiet');
  await reader.git(folder, 'remote', 'add', 'origin', `${town.github.url}/${repository}.git`);
  await reader.git(folder, 'fetch', '--quiet', '--depth=1', '--no-tags', 'origin', `+${sha}:${kept}`);
  const how = isBranch ? ['-B', ref.slice('refs/heads/'.length)] : ['--detach'];
  await reader.git(folder, 'checkout', '--quiet', ...how, kept);
}

/** Starts the run that an event asks for. */
export async function startWorkflow(request: WorkflowRequest): Promise<WorkflowRun> {
  const { town, home, folder, number, event, permissions } = request;
  const { github } = town;
  await checkOut(request, town.anna);
  const token = github.workflowToken(repository, permissions);
  const { sender } = event.payload as { readonly sender?: { readonly login: string } };
  const environment = {
    ...gitEnvironment,
    GITHUB_ACTOR: sender?.login ?? 'anna',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_GRAPHQL_URL: `${github.url}/api/graphql`,
    GITHUB_RUN_ID: String(8100 + number),
    GITHUB_RUN_NUMBER: String(number),
    GITHUB_SERVER_URL: github.url,
  };
  return {
    folder,
    async act(action, inputs = {}) {
      const run = await runBuiltAction({ home, action, workspace: folder, inputs, event, environment, token });
      must(run.outputs.result !== undefined, `the action ${action} left no result: ${run.log.slice(-600)}`);
      return { ...run, document: JSON.parse(await readFile(run.outputs.result, 'utf8')) as unknown };
    },
  };
}

/** What GitHub told of a push to main. */
export async function pushEvent({ github }: Pick<Town, 'github'>, commit: string): Promise<RunnerEvent> {
  const payload = deliveredPayload(github, 'push', ({ after }) => after === commit);
  return { name: 'push', payload, ref: 'refs/heads/main', sha: commit };
}

/** What GitHub told of a pull request, and the merge commit that it made for the run. */
export async function pullRequestEvent(
  { github, anna }: Pick<Town, 'github' | 'anna'>,
  number: number,
): Promise<RunnerEvent> {
  const payload = deliveredPayload(github, 'pull_request', (told) => told.number === number);
  for (;;) {
    const { data } = await anna.call(`GET pulls/${number}`);
    const { mergeable, merge_commit_sha: sha } = data as { mergeable: boolean | null; merge_commit_sha: string | null };
    must(mergeable !== false, `pull request ${number} cannot be merged, so no workflow runs`);
    if (mergeable !== null && sha !== null)
      return { name: 'pull_request', payload, ref: `refs/pull/${number}/merge`, sha };
  }
}

type Payload = Readonly<Record<string, unknown>>;

export function deliveredPayload(
  github: Town['github'],
  event: string,
  isWanted: (payload: Payload) => boolean,
): Payload {
  const delivery = github.webhooks.deliveries.findLast(
    (one) => one.event === event && isWanted(one.payload as Payload),
  );
  must(delivery !== undefined, `GitHub told of no such ${event}`);
  return delivery.payload as Payload;
}
