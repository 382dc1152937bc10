import { execFileSync, spawnSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type ActionRun, type RunnerEvent, runBuiltAction } from '../doors/runner.ts';
import type { DemoOptions } from './options.ts';
import { must } from './step-failure.ts';

export interface SceneRequest {
  /** The clone of model-gitops, with `dist/` and the example. */
  readonly home: string;
  /** Emptied first; everything is made below it. */
  readonly folder: string;
  readonly options: DemoOptions;
}

export interface CliRun {
  readonly exitCode: number;
  readonly text: string;
  readonly progress: string;
}

/** A team's repository: the bare origin, a checkout as a runner has it, the folder where the team keeps model files. */
export interface Scene {
  readonly options: DemoOptions;
  readonly origin: string;
  readonly checkout: string;
  readonly store: string;
  /** A folder of its own below the scene's. */
  readonly place: (name: string) => string;
  /** What each step answered: its name, exit code and document. */
  readonly results: { step: string; exitCode: number; document: unknown }[];
  git(folder: string, ...args: readonly string[]): string;
  /** Runs a built action in a checkout as a runner would on a push to main, and remembers its document as `step`. */
  act(
    step: string,
    action: string,
    inputs: Readonly<Record<string, string>>,
    folder?: string,
  ): Promise<ActionRun & { readonly document: unknown }>;
  /** Runs the built command line. */
  cli(args: readonly string[], folder?: string): CliRun;
}

const anna = { name: 'Anna Vogt', email: 'anna@example.com' };

/** Nothing of this machine's own Git configuration takes part. */
const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

function runGit(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', `user.name=${anna.name}`, '-c', `user.email=${anna.email}`, '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    env: { ...process.env, ...gitEnvironment },
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  }).trimEnd();
}

async function layOut({ home, folder, options }: SceneRequest, checkout: string, origin: string): Promise<void> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(checkout, { recursive: true });
  await cp(join(home, 'examples/penguins'), checkout, { recursive: true });
  execFileSync(process.execPath, ['split.mjs', '--seed', String(options.seed)], { cwd: checkout });
  const modelYaml = join(checkout, 'models/penguins/model.yaml');
  const text = await readFile(modelYaml, 'utf8');
  await writeFile(modelYaml, text.replace(/^( {2}seed: )\d+$/m, `$1${options.seed}`));
  runGit(folder, 'init', '--quiet', '--bare', origin);
  runGit(checkout, 'init', '--quiet');
  runGit(checkout, 'remote', 'add', 'origin', origin);
}

function pushEvent(commit: string): RunnerEvent {
  return {
    name: 'push',
    payload: {
      ref: 'refs/heads/main',
      after: commit,
      sender: { login: 'anna' },
      repository: { full_name: 'acme/penguins', default_branch: 'main' },
    },
  };
}

/** Lays a repository out with the example in it; the first commit is the story's to make. */
export async function createScene(request: SceneRequest): Promise<Scene> {
  const { home, folder, options } = request;
  const [origin, checkout, store] = ['origin.git', 'checkout', 'store'].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  await layOut(request, checkout, origin);
  const results: Scene['results'] = [];
  return {
    options,
    origin,
    checkout,
    store,
    place: (name) => join(folder, name),
    results,
    git: runGit,
    async act(step, action, inputs, where = checkout) {
      const run = await runBuiltAction({
        home,
        action,
        workspace: where,
        inputs,
        event: pushEvent(runGit(where, 'rev-parse', 'HEAD')),
        environment: gitEnvironment,
      });
      must(run.outputs.result !== undefined, `the action ${action} left no result: ${run.log.slice(-600)}`);
      const document: unknown = JSON.parse(await readFile(run.outputs.result, 'utf8'));
      results.push({ step, exitCode: run.exitCode, document });
      return { ...run, document };
    },
    cli(args, where = checkout) {
      const { status, stdout, stderr } = spawnSync(process.execPath, [join(home, 'dist/cli.js'), ...args], {
        cwd: where,
        env: { ...process.env, ...gitEnvironment, NO_COLOR: '1' },
        encoding: 'utf8',
      });
      return { exitCode: status ?? -1, text: stdout, progress: stderr };
    },
  };
}
