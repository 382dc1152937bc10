import type { Run } from '../documents.ts';
import type { CommandRunner } from '../ports/index.ts';
import type { Locks } from './locks.ts';

const interpreter =
  /^(?:[\w./~@%+:=-]+ +)*?(?:[\w./~@%+:-]*\/)?(?:python[\d.]*|node|Rscript|julia|deno|bun|ruby)(?= |$)/;

/** The beginning of the command line that starts an interpreter; nothing before it is run a second time. */
function interpreterOf(command: string): string | null {
  const parts = command.split(/&&|\|\||[;|\n]/).map((part) => part.trim());
  return parts.map((part) => interpreter.exec(part)?.[0]).find((found) => found !== undefined) ?? null;
}

async function ask(commands: CommandRunner, command: string, cwd: string): Promise<string> {
  const { exitCode, lastLines } = await commands.run({ command, cwd, env: {} });
  const said = lastLines.map((line) => line.trim()).find((line) => line !== '');
  return exitCode === 0 && said !== undefined ? said.slice(0, 200) : 'unknown';
}

function named(program: string, version: string): string {
  if (version === 'unknown' || /[a-z]{2}/i.test(version)) return version;
  return `${program
    .slice(program.lastIndexOf('/') + 1)
    .split(' ')
    .at(-1)} ${version}`;
}

/**
 * What a command runs on, as the machine itself says: the version of the interpreter that the command line starts, and
 * the system. What cannot be found out is `unknown`, never guessed.
 */
export async function describeEnvironment(
  { command, cwd, locks }: { readonly command: string; readonly cwd: string; readonly locks: Locks },
  commands: CommandRunner,
): Promise<Run['environment']> {
  const program = interpreterOf(command);
  const runtime = program === null ? 'unknown' : named(program, await ask(commands, `${program} --version`, cwd));
  return { runtime, platform: await ask(commands, 'uname -sm', cwd), locks };
}

/** Seconds as people and records need them. */
export function toMilliseconds(seconds: number): number {
  return Math.round(seconds * 1000) / 1000;
}
