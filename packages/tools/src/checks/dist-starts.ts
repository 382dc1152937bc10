import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type ProgramResult, runProgram } from '../run-program.ts';
import type { Check } from './check.ts';

/** A clear problem, and not the answer of a module that could not be loaded. */
export function judgeStart(name: string, { code, stdout, stderr }: ProgramResult): readonly string[] {
  const text = stdout + stderr;
  const broken = text.match(/ERR_MODULE_NOT_FOUND|Cannot find (?:module|package)[^\n]*|\n\s+at [^\n]+:\d+:\d+/)?.[0];
  if (broken !== undefined) return [`${name} did not start: ${broken.trim()}`];
  if (code !== 2) return [`${name} ended with exit code ${code}, not 2: ${text.trim().slice(0, 300)}`];
  return text.includes('::error') ? [] : [`${name} told no problem`];
}

function startAction(stub: string, folder: string): Promise<ProgramResult> {
  const { PATH, SystemRoot } = process.env;
  return runProgram({
    command: process.execPath,
    arguments: [stub],
    folder,
    environment: { PATH, SystemRoot, HOME: folder, GITHUB_WORKSPACE: folder, GITHUB_ACTIONS: 'true' },
  });
}

/** Starts each stub in an empty folder, from a copy of dist that has nothing beside it: as a user's runner has it. */
export const distStarts: Check = {
  name: 'stubs start alone',
  mend: 'npm run build -- dist',
  async find(root) {
    const scratch = mkdtempSync(join(tmpdir(), 'model-gitops-stubs-'));
    try {
      cpSync(join(root, 'dist'), join(scratch, 'dist'), { recursive: true });
      const empty = join(scratch, 'empty');
      mkdirSync(empty);
      const stubs = readdirSync(join(scratch, 'dist', 'actions'));
      const found = await Promise.all(
        stubs.map(async (name) => judgeStart(name, await startAction(join(scratch, 'dist', 'actions', name), empty))),
      );
      const help = await runProgram({
        command: process.execPath,
        arguments: [join(scratch, 'dist', 'cli.js'), '--help'],
        folder: empty,
      });
      const cli = help.code === 0 ? [] : [`cli.js --help ended with ${help.code}: ${help.stderr.slice(0, 300)}`];
      return [...(stubs.length === 0 ? ['dist holds no stub'] : found.flat()), ...cli];
    } finally {
      rmSync(scratch, { recursive: true, force: true });
    }
  },
};
