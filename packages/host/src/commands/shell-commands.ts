import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { constants } from 'node:os';
import { resolve } from 'node:path';
import { type CommandRequest, type CommandResult, type CommandRunner, ProblemError } from '@model-gitops/lifecycle';
import { commandProblems } from '../problems.ts';
import { endTogether, hasGroups } from './process-group.ts';
import { type EnvironmentVariables, scrubEnvironment, secretMask } from './scrub-environment.ts';
import { splitLines } from './split-lines.ts';

const keptLines = 20;
/** What a command leaves running in the background may hold its output open; we do not wait for that. */
const lingerMs = 1000;

interface ShellCall {
  readonly file: string;
  readonly args: readonly string[];
  readonly options: SpawnOptions;
}

/** One pipe for both streams where the shell can: two would lose the order between them. */
function shellCall(command: string, environment: Readonly<Record<string, string>>): ShellCall {
  if (hasGroups) return { file: 'sh', args: ['-c', 'exec sh -c "$1" 2>&1', 'sh', command], options: {} };
  const file = environment.ComSpec ?? environment.COMSPEC ?? 'cmd.exe';
  return { file, args: ['/d', '/s', '/c', `"${command}"`], options: { windowsVerbatimArguments: true } };
}

function startProblem(cause: unknown, shell: string): ProblemError {
  const isMissing = (cause as { code?: unknown }).code === 'ENOENT';
  const problem = isMissing ? commandProblems.shell(shell) : commandProblems.notStarted(cause);
  return new ProblemError(problem, { kind: isMissing ? 'could-not-run' : 'input', cause });
}

async function start(request: CommandRequest, cwd: string, env: Record<string, string>): Promise<ChildProcess> {
  const { file, args, options } = shellCall(request.command, env);
  try {
    const stdio: SpawnOptions['stdio'] = ['ignore', 'pipe', 'pipe'];
    const child = spawn(file, args, { ...options, cwd, env, detached: hasGroups, windowsHide: true, stdio });
    await new Promise((started, failed) => child.once('spawn', started).once('error', failed));
    return child;
  } catch (cause) {
    throw startProblem(cause, file);
  }
}

/** By a signal: 128 and its number, as shells say it. */
function exitCodeOf(code: number | null, signal: NodeJS.Signals | null): number {
  return code ?? 128 + (signal === null ? 0 : constants.signals[signal]);
}

/** The exit code, once the command has ended and its output is read. */
async function ended(child: ChildProcess): Promise<number> {
  return new Promise((resolveCode) => {
    child.once('exit', (code, signal) => {
      const linger = setTimeout(() => {
        child.stdout?.destroy();
        child.stderr?.destroy();
      }, lingerMs);
      child.once('close', () => {
        clearTimeout(linger);
        resolveCode(exitCodeOf(code, signal));
      });
    });
  });
}

/** Reads both streams to their ends; the last lines are kept. */
function readOutput(child: ChildProcess, onLine: (line: string) => void) {
  const lastLines: string[] = [];
  const keep = (line: string) => {
    lastLines.push(line);
    if (lastLines.length > keptLines) lastLines.shift();
    onLine(line);
  };
  const splitters = [child.stdout, child.stderr].map((stream) => {
    const splitter = splitLines(keep);
    stream?.on('data', splitter.write);
    return splitter;
  });
  return {
    lastLines,
    end: () => {
      for (const splitter of splitters) splitter.end();
    },
  };
}

async function runChild(child: ChildProcess, onLine: (line: string) => void): Promise<Omit<CommandResult, 'seconds'>> {
  const letGo = endTogether(child);
  const output = readOutput(child, onLine);
  const exitCode = await ended(child);
  output.end();
  letGo();
  return { exitCode, lastLines: output.lastLines };
}

/**
 * A CommandRunner over the user's shell: `sh`, on Windows `cmd`. The command gets no standard input. Values of
 * variables that are named like secrets are hidden in what it prints.
 * Problems: `folder-missing`, `command-not-started`, `shell-missing` (could-not-run).
 */
export function shellCommands({
  repositoryRoot,
  environment,
}: {
  readonly repositoryRoot: string;
  readonly environment: EnvironmentVariables;
}): CommandRunner {
  return {
    async run(request) {
      const cwd = resolve(repositoryRoot, request.cwd);
      const folder = await stat(cwd).catch(() => null);
      if (folder?.isDirectory() !== true) throw new ProblemError(commandProblems.folder(request.cwd));
      const env = { ...scrubEnvironment(environment), ...request.env };
      const mask = secretMask({ ...environment, ...request.env });
      const begin = performance.now();
      const child = await start(request, cwd, env);
      const result = await runChild(child, (line) => request.onLine?.(mask(line)));
      return {
        ...result,
        lastLines: result.lastLines.map(mask),
        seconds: (performance.now() - begin) / 1000,
      };
    },
  };
}
