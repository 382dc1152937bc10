import { execFileSync } from 'node:child_process';
import { cp, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { runProgram } from '@model-gitops/tools';
import type { RunnerEvent } from '../doors/runner.ts';
import type { DemoOptions } from './options.ts';
import { type Person, repository } from './people.ts';
import { gitEnvironment, runGit } from './run-git.ts';
import { createTown, type Town } from './town.ts';
import { startWorkflow, type WorkflowRun } from './workflow.ts';

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

/** A team with a repository on GitHub, Anna's checkout of it, and the app. */
export interface Scene extends Town {
  readonly options: DemoOptions;
  /** Address of the repository for git. */
  readonly address: string;
  /** Anna's. */
  readonly checkout: string;
  /** A folder of its own below the scene's. */
  readonly place: (name: string) => string;
  /** What each step answered: its name, exit code and document. */
  readonly results: { step: string; exitCode: number; document: unknown }[];
  /** Runs git in the repository as it lies on GitHub. */
  origin(...args: readonly string[]): Promise<string>;
  /** Starts a run of the workflow; `permissions` as it has them, when not told otherwise. */
  run(name: string, event: RunnerEvent, permissions?: Readonly<Record<string, 'read' | 'write'>>): Promise<WorkflowRun>;
  /** The last run that was started. */
  lastRun(): WorkflowRun;
  /** Runs the built command line in Anna's checkout. */
  cli(args: readonly string[]): Promise<CliRun>;
  /** Keeps a text for people beside the state. */
  keep(name: string, text: string): Promise<void>;
}

/** As under `permissions:` of the example's workflow. */
const workflowPermissions = { contents: 'write', pull_requests: 'write' } as const;

/** The example, with its table split and its draws by a seed. */
export async function layOutExample(
  home: string,
  checkout: string,
  { seed }: { readonly seed: number },
): Promise<void> {
  await mkdir(checkout, { recursive: true });
  await cp(join(home, 'examples/penguins'), checkout, { recursive: true });
  execFileSync(process.execPath, ['split.mjs', '--seed', String(seed)], { cwd: checkout });
  const modelYaml = join(checkout, 'models/penguins/model.yaml');
  const text = await readFile(modelYaml, 'utf8');
  await writeFile(modelYaml, text.replace(/^( {2}seed: )\d+$/m, `$1${seed}`));
}

function commandLine(home: string, checkout: string, { github, anna }: Town): Scene['cli'] {
  const environment = {
    ...process.env,
    ...gitEnvironment,
    NO_COLOR: '1',
    GITHUB_API_URL: github.apiUrl,
    GITHUB_TOKEN: anna.token,
  };
  return async (args) => {
    const { code, stdout, stderr } = await runProgram({
      command: process.execPath,
      arguments: [join(home, 'dist/cli.js'), ...args],
      folder: checkout,
      environment,
    });
    return { exitCode: code ?? -1, text: stdout, progress: stderr };
  };
}

async function createCheckout(checkout: string, address: string, anna: Person): Promise<void> {
  await anna.git(checkout, 'init', '--quiet');
  await anna.git(checkout, 'remote', 'add', 'origin', address);
}

/** Builds the town, and lays the example out in Anna's checkout; the first commit is the story's to make. */
export async function createScene(request: SceneRequest): Promise<Scene> {
  const { home, folder, options } = request;
  await rm(folder, { recursive: true, force: true });
  const checkout = join(folder, 'checkout');
  await layOutExample(home, checkout, options);
  const exchanges = join(folder, 'exchanges.jsonl');
  const town = await createTown({ home, folder: join(folder, 'github'), exchanges, options });
  const address = `${town.github.url}/${repository}.git`;
  await createCheckout(checkout, address, town.anna);
  const runs: WorkflowRun[] = [];
  return {
    ...town,
    options,
    address,
    checkout,
    place: (name) => join(folder, name),
    results: [],
    origin: (...args) => runGit(town.github.gitFolder(repository), args, null),
    async run(name, event, permissions = workflowPermissions) {
      const number = runs.length + 1;
      const place = join(folder, 'runs', `${String(number).padStart(2, '0')}-${name}`);
      const run = await startWorkflow({ town, home, folder: place, number, event, permissions });
      runs.push(run);
      return run;
    },
    lastRun() {
      const run = runs.at(-1);
      if (run === undefined) throw new Error('no workflow ran yet');
      return run;
    },
    cli: commandLine(home, checkout, town),
    keep: (name, text) => writeFile(join(folder, name), text.endsWith('\n') ? text : `${text}\n`),
  };
}
