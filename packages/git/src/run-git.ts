import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { ProblemError } from '@model-gitops/lifecycle';
import { gitProblems } from './problems.ts';

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Uint8Array;
  readonly stderr: string;
  /** Stopped by us because it took too long. */
  readonly isTimedOut: boolean;
}

export interface GitCall {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** Runs `git` with arguments, without a shell. A command that fails is an answer; a missing git is a problem. */
export type RunGit = (args: readonly string[], call?: GitCall) => Promise<GitAnswer>;

/** Set by hooks and by callers of Git; they would point us to another repository or index. */
const foreign = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_PREFIX',
  'GIT_NAMESPACE',
  'GIT_QUARANTINE_PATH',
  'GIT_ALTERNATE_OBJECT_DIRECTORIES',
];

const timeoutMs = 180_000;

/** Encrypted, or of this machine, where there is no wire. */
function isPrivate(remoteUrl: string): boolean {
  return /^(https:\/\/|http:\/\/(127\.0\.0\.1|localhost|\[::1\])(:\d+)?\/)/.test(remoteUrl);
}

/** A token travels in the environment, scoped to the remote's host: never in an argument, which others can list. */
function tokenSettings(remoteUrl: string | null, token: string | undefined): Record<string, string> {
  if (token === undefined || token === '' || remoteUrl === null || !isPrivate(remoteUrl)) return {};
  const index = Number(process.env.GIT_CONFIG_COUNT ?? 0);
  const basic = Buffer.from(`x-access-token:${token}`).toString('base64');
  return {
    GIT_CONFIG_COUNT: String(index + 1),
    [`GIT_CONFIG_KEY_${index}`]: `http.${new URL(remoteUrl).origin}/.extraheader`,
    [`GIT_CONFIG_VALUE_${index}`]: `AUTHORIZATION: basic ${basic}`,
  };
}

function environment(extra: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    LC_ALL: 'C',
    GIT_TERMINAL_PROMPT: '0',
    GIT_OPTIONAL_LOCKS: '0',
    ...extra,
  };
  for (const name of foreign) if (!(name in extra)) delete env[name];
  return env;
}

function redact(text: string, token: string | undefined): string {
  const withoutToken = token === undefined || token === '' ? text : text.replaceAll(token, '***');
  return withoutToken.replace(/(https?:\/\/)[^\s/@]+@/g, '$1***@');
}

export interface RunGitOptions {
  /** A folder inside a working tree, or a bare repository. */
  readonly repository: string;
  readonly token?: string;
  readonly remoteUrl?: string | null;
}

/** Starts `git` in one repository, without a shell and without what others have set for their own. */
export type SpawnGit = (
  args: readonly string[],
  env?: Readonly<Record<string, string>>,
) => ChildProcessWithoutNullStreams;

export function createSpawnGit(options: RunGitOptions): SpawnGit {
  const settings = tokenSettings(options.remoteUrl ?? null, options.token);
  const fixed = [
    '-C',
    options.repository,
    '-c',
    'core.quotePath=false',
    '-c',
    'gc.auto=0',
    '-c',
    'maintenance.auto=false',
  ];
  return (args, env = {}) =>
    spawn('git', [...fixed, ...args], { env: environment({ ...settings, ...env }), windowsHide: true });
}

/** The runner for one repository. */
export function createRunGit(options: RunGitOptions): RunGit {
  const spawnGit = createSpawnGit(options);
  return (args, call = {}) =>
    new Promise((resolve, reject) => {
      const child = spawnGit(args, call.env);
      const out: Buffer[] = [];
      const err: Buffer[] = [];
      let isTimedOut = false;
      const timer = setTimeout(() => {
        isTimedOut = true;
        child.kill('SIGTERM');
      }, timeoutMs);
      child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
      child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
      // git may end before it has read everything; its answer says why
      child.stdin.on('error', () => undefined);
      child.on('error', (cause) => {
        clearTimeout(timer);
        reject(new ProblemError(gitProblems.gitMissing(), { cause }));
      });
      child.on('close', (code) => {
        clearTimeout(timer);
        const stderr = redact(Buffer.concat(err).toString('utf8'), options.token);
        resolve({ exitCode: code ?? 128, stdout: Buffer.concat(out), stderr, isTimedOut });
      });
      child.stdin.end(call.input ?? '');
    });
}

function failure(args: readonly string[], stderr: string): ProblemError {
  const where = /cannot change to '(.*?)'|repository at '(.*?)'/.exec(stderr);
  const path = where?.[1] ?? where?.[2] ?? 'This folder';
  if (stderr.includes('dubious ownership')) return new ProblemError(gitProblems.dubiousOwnership(path));
  if (/not a git repository|cannot change to/.test(stderr)) return new ProblemError(gitProblems.notARepository(path));
  return new ProblemError(gitProblems.gitFailed(args[0] ?? '', stderr), { kind: 'could-not-run' });
}

/** Standard output as text where the command succeeded; a problem otherwise. */
export async function gitText(run: RunGit, args: readonly string[], call?: GitCall): Promise<string> {
  const answer = await run(args, call);
  if (answer.exitCode !== 0) throw failure(args, answer.stderr);
  return new TextDecoder().decode(answer.stdout);
}

/** Trimmed standard output, or null where the command says no (exit 1) or there is nothing. */
export async function gitValue(run: RunGit, args: readonly string[]): Promise<string | null> {
  const answer = await run(args);
  if (/not a git repository|cannot change to|dubious ownership/.test(answer.stderr)) throw failure(args, answer.stderr);
  const text = new TextDecoder().decode(answer.stdout).trim();
  return answer.exitCode === 0 && text !== '' ? text : null;
}
