import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

const cli = process.env.MODEL_GITOPS_CLI ?? fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
const plain = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  LC_ALL: 'C',
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_AUTHOR_NAME: 'Ana',
  GIT_AUTHOR_EMAIL: 'ana@example.com',
};

export interface Ended {
  /** null where it was killed. */
  readonly code: number | null;
  readonly out: string;
  readonly milliseconds: number;
}

/** When to kill, and whom: the command line alone, or with it every Git that it started, at the origin too. */
export interface Kill {
  readonly when: Promise<unknown>;
  readonly isAll: boolean;
}

export interface Killable {
  readonly folder: string;
  readonly words: readonly string[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly kill?: Kill | null;
}

/** Runs a verb in a process group of its own, to its end or until it is killed. */
export function runKillable({ folder, words, environment = {}, kill = null }: Killable): Promise<Ended> {
  const started = performance.now();
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [cli, ...words, '--json'], {
      cwd: folder,
      env: { ...plain, ...environment },
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let out = '';
    let isEnded = false;
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk) => {
        out += String(chunk);
      });
    void kill?.when.then(() => {
      try {
        if (child.pid !== undefined && !isEnded) process.kill(kill.isAll ? -child.pid : child.pid, 'SIGKILL');
      } catch {
        // it had ended just before
      }
    });
    child.on('error', reject);
    child.on('close', (code) => {
      isEnded = true;
      resolve({ code, out, milliseconds: performance.now() - started });
    });
  });
}
