import { ProblemError } from '@model-gitops/lifecycle';
import { gitProblems } from './problems.ts';
import { createRunGit, gitValue } from './run-git.ts';

export interface Identity {
  readonly name: string;
  readonly email: string;
}

/** Who writes: GIT_AUTHOR_NAME and GIT_AUTHOR_EMAIL, then Git's configuration; never Git's guess from the machine. Problem `identity-missing`. */
export async function readIdentity(repository: string): Promise<Identity> {
  const run = createRunGit({ repository });
  const name =
    process.env.GIT_AUTHOR_NAME ||
    (await gitValue(run, ['config', '--get', 'author.name'])) ||
    (await gitValue(run, ['config', '--get', 'user.name']));
  const email =
    process.env.GIT_AUTHOR_EMAIL ||
    (await gitValue(run, ['config', '--get', 'author.email'])) ||
    (await gitValue(run, ['config', '--get', 'user.email']));
  if (!name || !email) throw new ProblemError(gitProblems.identityMissing());
  return { name, email };
}
