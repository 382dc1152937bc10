import { spawn } from 'node:child_process';
import { createObjectReader, type ObjectReader } from './objects/object-reader.ts';

export interface GitAnswer {
  readonly exitCode: number;
  readonly stdout: Buffer;
  readonly stderr: string;
}

export interface GitOptions {
  readonly input?: string | Uint8Array;
  readonly env?: Readonly<Record<string, string>>;
}

/** A bare repository, by the git command. */
export interface Git {
  readonly folder: string;
  /** An exit code is an answer, not an error. */
  run(args: readonly string[], options?: GitOptions): Promise<GitAnswer>;
  /** Output without its last line end; throws where git fails. */
  text(args: readonly string[], options?: GitOptions): Promise<string>;
  /** The object of a name (`<id>`, `<branch>:<path>`, `<id>^{tree}`); null where there is none. One process answers all. */
  read: ObjectReader['read'];
  close(): void;
}

/** Nothing of the machine reaches a repository of the stand-in: no configuration, no hooks of the user, no prompts. */
export function gitEnvironment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  return {
    PATH: process.env.PATH ?? '',
    HOME: '/nonexistent',
    LC_ALL: 'C',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_TERMINAL_PROMPT: '0',
    GIT_AUTHOR_NAME: 'GitHub',
    GIT_AUTHOR_EMAIL: 'noreply@github.com',
    GIT_COMMITTER_NAME: 'GitHub',
    GIT_COMMITTER_EMAIL: 'noreply@github.com',
    ...more,
  };
}

export function runGit(folder: string, args: readonly string[], options: GitOptions = {}): Promise<GitAnswer> {
  return new Promise((resolve, reject) => {
    const child = spawn('git', [...args], { cwd: folder, env: gitEnvironment(options.env) });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (chunk: Buffer) => stdout.push(chunk));
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk));
    child.on('error', reject);
    child.on('close', (code) =>
      resolve({
        exitCode: code ?? 1,
        stdout: Buffer.concat(stdout),
        stderr: Buffer.concat(stderr).toString('utf8'),
      }),
    );
    // git may end before it has read all
    child.stdin.on('error', () => {});
    child.stdin.end(options.input ?? '');
  });
}

export function openGit(folder: string): Git {
  const reader = createObjectReader(folder, gitEnvironment());
  const run: Git['run'] = (args, options) => runGit(folder, args, options);
  const text: Git['text'] = async (args, options) => {
    const answer = await run(args, options);
    if (answer.exitCode !== 0) throw new Error(`git ${args[0]} failed: ${answer.stderr.trim()}`);
    return answer.stdout.toString('utf8').replace(/\n$/, '');
  };
  return { folder, run, text, read: reader.read, close: reader.close };
}

/** Makes a bare repository that git over HTTP may be pushed to. */
export async function initGit(folder: string, defaultBranch: string): Promise<void> {
  const answer = await runGit('.', ['init', '--quiet', '--bare', `--initial-branch=${defaultBranch}`, folder]);
  if (answer.exitCode !== 0) throw new Error(`git init failed: ${answer.stderr.trim()}`);
  for (const [key, value] of [
    ['http.receivepack', 'true'],
    ['uploadpack.allowFilter', 'true'],
    ['uploadpack.allowAnySHA1InWant', 'true'],
    ['receive.advertisePushOptions', 'false'],
    ['core.logAllRefUpdates', 'false'],
    ['gc.auto', '0'],
  ] as const)
    await runGit(folder, ['config', key, value]);
}
