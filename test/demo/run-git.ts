import { runProgram } from '@model-gitops/tools';
import { must } from './step-failure.ts';

/** Nothing of this machine's own Git configuration takes part. */
export const gitEnvironment = {
  GIT_CONFIG_GLOBAL: '/dev/null',
  GIT_CONFIG_SYSTEM: '/dev/null',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_TERMINAL_PROMPT: '0',
  LC_ALL: 'C',
};

/** Who runs git, and what they show to GitHub. */
export interface GitUser {
  readonly name: string;
  readonly email: string;
  readonly token: string;
  /** Address of the server that the token is for. */
  readonly server: string;
}

function environmentOf({ name, email, token, server }: GitUser): Record<string, string> {
  const settings = {
    'user.name': name,
    'user.email': email,
    'init.defaultBranch': 'main',
    'advice.detachedHead': 'false',
    [`http.${server}/.extraheader`]: `AUTHORIZATION: basic ${Buffer.from(`${name}:${token}`).toString('base64')}`,
  };
  const entries = Object.entries(settings);
  return Object.fromEntries([
    ['GIT_CONFIG_COUNT', String(entries.length)],
    ...entries.flatMap(([key, value], index) => [
      [`GIT_CONFIG_KEY_${index}`, key],
      [`GIT_CONFIG_VALUE_${index}`, value],
    ]),
  ]);
}

/** What git says; a step whose git fails has failed. It is never waited for in a way that keeps GitHub from answering. */
export async function runGit(folder: string, args: readonly string[], user: GitUser | null): Promise<string> {
  const environment = { ...process.env, ...gitEnvironment, ...(user === null ? {} : environmentOf(user)) };
  const { code, stdout, stderr } = await runProgram({ command: 'git', arguments: args, folder, environment });
  must(code === 0, `git ${args.join(' ')} ended with exit code ${code}: ${stderr.trim()}`);
  return stdout.trimEnd();
}
