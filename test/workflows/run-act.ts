import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runProgram } from '@model-gitops/tools';
import { gitEnvironment } from '../demo/run-git.ts';
import type { RunnerEvent } from '../doors/runner.ts';

export interface ActRequest {
  /** The program. */
  readonly act: string;
  /** Path of the workflow. */
  readonly workflow: string;
  /** What checkout would have made. */
  readonly workspace: string;
  /** For what act keeps: its home, the event, the token, the log. */
  readonly folder: string;
  readonly event: RunnerEvent;
  readonly token: string;
  /** `owner/name@ref=folder` for each repository that is used. */
  readonly repositories: readonly string[];
  /** What the runner tells the steps, such as `GITHUB_API_URL`. */
  readonly variables: Readonly<Record<string, string>>;
}

export interface ActRun {
  readonly exitCode: number | null;
  readonly log: string;
  /** What it downloaded, or would have: nothing where every repository was given. */
  readonly downloads: readonly string[];
  readonly isTokenShown: boolean;
}

/** Where act would listen for artifacts and caches: on this machine alone. */
const here = ['--artifact-server-addr', '127.0.0.1', '--cache-server-addr', '127.0.0.1'];

/** Files, since what stands on a command line is seen by everybody on the machine. */
function writeSettings({ folder, event, token, variables }: ActRequest): readonly string[] {
  const [eventPath, secrets, settings] = ['event.json', 'secrets', 'variables'].map((name) => join(folder, name));
  const { ref = '', sha = '' } = event;
  // act takes the commit by a name of its own
  const all = { ...variables, GITHUB_REF: ref, SHA_REF: sha, GITHUB_SHA: sha };
  mkdirSync(join(folder, 'home'), { recursive: true });
  writeFileSync(eventPath ?? '', JSON.stringify(event.payload));
  writeFileSync(secrets ?? '', `GITHUB_TOKEN=${token}\n`);
  writeFileSync(
    settings ?? '',
    Object.entries(all)
      .map(([name, value]) => `${name}=${value}\n`)
      .join(''),
  );
  return ['--eventpath', eventPath ?? '', '--secret-file', secrets ?? '', '--env-file', settings ?? ''];
}

/** Runs a workflow on this machine: no containers, and nothing but what was given. */
export async function runAct(request: ActRequest): Promise<ActRun> {
  const { act, workflow, workspace, folder, event, token, repositories } = request;
  const { code, stdout, stderr } = await runProgram({
    command: act,
    arguments: [
      event.name,
      ...['--workflows', workflow, '--directory', workspace, '--pull=false'],
      ...['--platform', 'ubuntu-latest=-self-hosted', ...here],
      ...writeSettings(request),
      ...repositories.flatMap((repository) => ['--local-repository', repository]),
    ],
    folder: workspace,
    environment: { ...gitEnvironment, PATH: process.env.PATH, HOME: join(folder, 'home'), NO_COLOR: '1' },
  });
  const log = stdout + stderr;
  writeFileSync(join(folder, 'log.txt'), log);
  const downloads = log.split('\n').filter((line) => line.includes('LocalRepositoryCache not matched'));
  return { exitCode: code, log, downloads, isTokenShown: log.includes(token) };
}
