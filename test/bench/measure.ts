import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type ProgramRequest, repositoryRoot, runProgram } from '@model-gitops/tools';

/** What one run of a program took, children and all. */
export interface Usage {
  readonly seconds: number;
  readonly cpuSeconds: number;
  readonly peakMegabytes: number;
}

export interface Measured extends Usage {
  readonly stdout: string;
}

/** Where tables, models and repositories of the measurements lie. */
export const benchFolder = join(repositoryRoot, '.scratch', 'bench');

/** The built command line: what people start, not the sources. */
export const cli = join(repositoryRoot, 'dist', 'cli.js');

const wrapper = join(repositoryRoot, 'test', 'bench', 'usage.py');

/** A run that breaks off early is fast and means nothing. */
function checkExit({ command, arguments: args }: ProgramRequest, code: number | null, stderr: string): void {
  if (code === 0) return;
  throw new Error(`${[command, ...args].join(' ')} ended with exit code ${code}:\n${stderr.trim().slice(-2000)}`);
}

/** Wall clock only; needs nothing but Node. */
export async function timeProgram(request: ProgramRequest): Promise<number> {
  const start = performance.now();
  const { code, stderr } = await runProgram(request);
  const seconds = (performance.now() - start) / 1000;
  checkExit(request, code, stderr);
  return seconds;
}

/** Wall clock, processor and memory, as the kernel counts them for a parent that waits: `python` is a path of Python 3.9 or newer. */
export async function measureProgram(python: string, request: ProgramRequest): Promise<Measured> {
  mkdirSync(benchFolder, { recursive: true });
  const folder = mkdtempSync(join(benchFolder, 'usage-'));
  const answer = join(folder, 'usage.json');
  try {
    const wrapped = [wrapper, answer, request.command, ...request.arguments];
    const { code, stdout, stderr } = await runProgram({ ...request, command: python, arguments: wrapped });
    checkExit(request, code, stderr);
    return { ...(JSON.parse(readFileSync(answer, 'utf8')) as Usage), stdout };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
