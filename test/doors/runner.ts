import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type CommandLine, readLog } from './runner-log.ts';

/** Starts built actions as GitHub's runner does. For tests and for the demo; it knows no ML. */

/** What started the workflow. */
export interface RunnerEvent {
  readonly name: string;
  readonly payload: Readonly<Record<string, unknown>>;
  /** `refs/heads/main`; where it is left out, the payload's. */
  readonly ref?: string;
  /** The commit of the run; where it is left out, the payload's `after`. */
  readonly sha?: string;
}

export interface ActionRequest {
  /** The clone of model-gitops, with `dist/`. */
  readonly home: string;
  /** Name of the folder in actions/. */
  readonly action: string;
  /** What stands under `with:`; the rest are the defaults of action.yml. */
  readonly inputs?: Readonly<Record<string, string>>;
  /** What checkout made: GITHUB_WORKSPACE. */
  readonly workspace: string;
  readonly event: RunnerEvent;
  /** Over the runner's own variables; undefined takes one away. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  /** What `${{ github.token }}` is. */
  readonly token?: string;
}

export interface ActionRun {
  readonly exitCode: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** Markdown of the job summary. */
  readonly summary: string;
  /** Errors, warnings and notices that the runner would show. */
  readonly annotations: readonly CommandLine[];
  /** Every workflow command that the runner would obey. */
  readonly commands: readonly CommandLine[];
  /** What people read: without commands, with masks. */
  readonly log: string;
  /** What was written for the steps after: GITHUB_ENV, GITHUB_PATH and GITHUB_STATE. */
  readonly environmentFiles: string;
  readonly seconds: number;
}

const commandFiles = ['GITHUB_OUTPUT', 'GITHUB_STEP_SUMMARY', 'GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'] as const;

interface Manifest {
  readonly inputs?: Readonly<Record<string, { readonly default?: string }>>;
  readonly runs: { readonly main: string };
}

/** `with:` over the defaults. A name that action.yml lacks is only a warning on GitHub, and a mistake here. */
function inputVariables(manifest: Manifest, { action, inputs = {}, token = 'ghs_of_the_job' }: ActionRequest) {
  const declared = manifest.inputs ?? {};
  for (const name of Object.keys(inputs))
    if (!(name in declared)) throw new Error(`actions/${action}/action.yml has no input "${name}"`);
  return Object.fromEntries(
    Object.entries(declared).map(([name, { default: value = '' }]) => [
      `INPUT_${name.replaceAll(' ', '_').toUpperCase()}`,
      inputs[name] ?? String(value).replace(/^\$\{\{ github\.token \}\}$/, token),
    ]),
  );
}

/** The files that the runner gives a step, and a home of its own: nobody's Git configuration is read. */
async function makeFiles(folder: string, { payload }: RunnerEvent): Promise<Record<string, string>> {
  const eventPath = join(folder, 'event.json');
  await writeFile(eventPath, JSON.stringify(payload));
  for (const name of ['home', 'temp', 'tools']) await mkdir(join(folder, name));
  for (const name of commandFiles) await writeFile(join(folder, name), '');
  return {
    ...Object.fromEntries(commandFiles.map((name) => [name, join(folder, name)])),
    GITHUB_EVENT_PATH: eventPath,
    HOME: join(folder, 'home'),
    RUNNER_TEMP: join(folder, 'temp'),
    RUNNER_TOOL_CACHE: join(folder, 'tools'),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function eventVariables({ name, payload, ref, sha }: RunnerEvent): Record<string, string> {
  const gitRef = ref ?? textOf(payload.ref) ?? 'refs/heads/main';
  const { full_name: repository } = (payload.repository ?? {}) as { readonly full_name?: string };
  return {
    GITHUB_EVENT_NAME: name,
    GITHUB_REF: gitRef,
    GITHUB_REF_NAME: gitRef.replace(/^refs\/(heads|tags|pull)\//, ''),
    GITHUB_REF_TYPE: gitRef.startsWith('refs/tags/') ? 'tag' : 'branch',
    GITHUB_REPOSITORY: repository ?? 'acme/penguins',
    GITHUB_SHA: sha ?? textOf(payload.after) ?? '',
  };
}

function environmentOf(request: ActionRequest, manifest: Manifest, files: Readonly<Record<string, string>>) {
  const variables: Record<string, string | undefined> = {
    PATH: process.env.PATH,
    CI: 'true',
    GITHUB_ACTIONS: 'true',
    GITHUB_ACTION: `__${request.action}`,
    GITHUB_ACTOR: 'anna',
    GITHUB_JOB: 'models',
    GITHUB_RUN_ATTEMPT: '1',
    GITHUB_RUN_ID: '8123',
    GITHUB_RUN_NUMBER: '41',
    GITHUB_SERVER_URL: 'https://github.com',
    GITHUB_WORKFLOW: 'models',
    GITHUB_WORKSPACE: request.workspace,
    GIT_CONFIG_NOSYSTEM: '1',
    RUNNER_ENVIRONMENT: 'self-hosted',
    RUNNER_NAME: 'runner-1',
    RUNNER_OS: 'Linux',
    ...files,
    ...eventVariables(request.event),
    ...inputVariables(manifest, request),
    ...request.environment,
  };
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined));
}

function run(main: string, cwd: string, env: NodeJS.ProcessEnv): Promise<{ exitCode: number; text: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [main], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    const chunks: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    child.on('error', reject);
    child.on('close', (code) => resolve({ exitCode: code ?? 128, text: Buffer.concat(chunks).toString('utf8') }));
  });
}

/** `name=value`, or `name<<END` with lines up to END, as the runner reads its files. */
export function parseCommandFile(text: string): Record<string, string> {
  const values: Record<string, string> = {};
  const lines = text.split('\n');
  for (let at = 0; at < lines.length; at += 1) {
    const [, name = '', sign = '', rest = ''] = /^([^=<]+)(=|<<)(.*)$/.exec(lines[at] ?? '') ?? [];
    if (sign === '=') values[name] = rest;
    if (sign !== '<<') continue;
    const end = lines.indexOf(rest, at + 1);
    if (end < 0) throw new Error(`a command file has no end "${rest}" for "${name}"`);
    values[name] = lines.slice(at + 1, end).join('\n');
    at = end;
  }
  return values;
}

/** Runs one step. An action that dies is a result too: only a runner that cannot start it throws. */
export async function runBuiltAction(request: ActionRequest): Promise<ActionRun> {
  const folder = await mkdtemp(join(tmpdir(), 'model-gitops-runner-'));
  try {
    const manifestPath = join(request.home, 'actions', request.action, 'action.yml');
    const manifest = parse(await readFile(manifestPath, 'utf8')) as Manifest;
    const files = await makeFiles(folder, request.event);
    const started = performance.now();
    const main = join(manifestPath, '..', manifest.runs.main);
    const { exitCode, text } = await run(main, request.workspace, environmentOf(request, manifest, files));
    const seconds = (performance.now() - started) / 1000;
    const written = async (name: string) => readFile(join(folder, name), 'utf8');
    const later = ['GITHUB_ENV', 'GITHUB_PATH', 'GITHUB_STATE'].map(written);
    return {
      exitCode,
      ...readLog(text),
      outputs: parseCommandFile(await written('GITHUB_OUTPUT')),
      summary: await written('GITHUB_STEP_SUMMARY'),
      environmentFiles: (await Promise.all(later)).join(''),
      seconds,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
