import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const home = fileURLToPath(new URL('../../', import.meta.url));

export interface LogLine {
  readonly level: number;
  readonly msg: string;
  readonly [field: string]: unknown;
}

/** The app as `npm start` starts it. */
export interface AppProcess {
  readonly url: string;
  /** What it told so far; a line that is no JSON is a mistake of the app's. */
  readonly lines: () => readonly LogLine[];
  /** Everything that it wrote, as it stands. */
  readonly text: () => string;
  /** Sends a signal and answers the exit code. */
  stop(signal?: NodeJS.Signals): Promise<number>;
}

export interface Ended {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

type Environment = Readonly<Record<string, string>>;

interface Running {
  readonly child: ChildProcess;
  readonly ended: Promise<Ended>;
  readonly stdout: () => string;
  readonly stderr: () => string;
}

function run(environment: Environment): Running {
  const env = { PATH: process.env.PATH, ...environment };
  const args = ['--import', 'tsx', 'app/main.ts'];
  const child = spawn(process.execPath, args, { cwd: home, env, stdio: ['ignore', 'pipe', 'pipe'] });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = once(child, 'close').then(([code]) => ({ exitCode: (code as number | null) ?? 128, stdout, stderr }));
  return { child, ended, stdout: () => stdout, stderr: () => stderr };
}

function linesOf(text: string): readonly LogLine[] {
  const whole = text.slice(0, text.lastIndexOf('\n') + 1).split('\n');
  return whole.filter((line) => line !== '').map((line) => JSON.parse(line) as LogLine);
}

/** For a start that must fail. */
export function startAndEnd(environment: Environment): Promise<Ended> {
  return run(environment).ended;
}

/** Resolves when it listens. */
export async function startAppProcess(environment: Environment): Promise<AppProcess> {
  const { child, ended, stdout, stderr } = run(environment);
  const lines = () => linesOf(stdout());
  const listening = () => lines().find(({ msg }) => msg === 'listening');
  let isEnded = false;
  void ended.then(() => {
    isEnded = true;
  });
  while (listening() === undefined) {
    if (isEnded) throw new Error(`the app did not start:\n${stdout()}${stderr()}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return {
    url: String(listening()?.url),
    lines,
    text: () => stdout() + stderr(),
    async stop(signal = 'SIGTERM') {
      child.kill(signal);
      return (await ended).exitCode;
    },
  };
}
