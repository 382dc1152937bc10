import { readFileSync } from 'node:fs';
import { exitCodeOf, isProblem } from '@model-gitops/host';
import type { Problem } from '@model-gitops/lifecycle';
import { parseConfiguration } from './configuration.ts';
import { type RunningApp, startApp } from './start-app.ts';

// `npm start`: reads what the app must know, starts it, and stops it when it is told to.

/** What runs gets this long to end; supervisors usually kill after 30 s. */
const graceMs = 25_000;

function readText(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    // the caller says which file it was
    return null;
  }
}

function tellProblems(problems: readonly Problem[]): void {
  for (const { code, message, remedy } of problems) process.stderr.write(`${code}: ${message}\n  ${remedy}\n`);
}

/** Problems are told without a stack and end the process with their exit code. */
async function start(): Promise<RunningApp | null> {
  const parsed = parseConfiguration({ environment: process.env, readText });
  if ('problems' in parsed) {
    tellProblems(parsed.problems);
    process.exitCode = 2;
    return null;
  }
  try {
    return await startApp(parsed.configuration);
  } catch (thrown) {
    if (!isProblem(thrown)) throw thrown;
    tellProblems(thrown.problems);
    process.exitCode = exitCodeOf('problem', thrown.kind ?? null);
    return null;
  }
}

async function stop(app: RunningApp): Promise<void> {
  const isInTime = await app.stop(graceMs);
  // what is still open belongs to what did not end in time
  process.exit(isInTime ? 0 : 1);
}

const app = await start();
if (app !== null) for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void stop(app));
