import { spawn } from 'node:child_process';

export interface ProgramRequest {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly folder: string;
  /** Replaces the whole environment. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
  readonly input?: string;
  /** Shown as it comes, besides being kept. */
  readonly onText?: (text: string) => void;
}

export interface ProgramResult {
  /** Null where a signal ended it. */
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program to its end. Rejects only where it could not be started. */
export function runProgram(request: ProgramRequest): Promise<ProgramResult> {
  const child = spawn(request.command, request.arguments, {
    cwd: request.folder,
    env: request.environment ?? process.env,
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  let stdout = '';
  let stderr = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
    request.onText?.(text);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
    request.onText?.(text);
  });
  // a program that never reads its input closes it, which is no fault of ours
  child.stdin.on('error', () => undefined).end(request.input ?? '');
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, stdout, stderr }));
  });
}

/** Runs one of the programs of node_modules/.bin, with the Node that runs this. */
export function runInstalled(root: string, script: string, args: readonly string[]): Promise<ProgramResult> {
  return runProgram({
    command: process.execPath,
    arguments: [`${root}/node_modules/${script}`, ...args],
    folder: root,
  });
}

/** The lines of a text that say something. */
export function linesOf(text: string): readonly string[] {
  return text.split(/\r?\n/).filter((line) => line.trim() !== '');
}
