import { ProblemError } from '@model-gitops/lifecycle';
import { createRunGit, gitValue } from './run-git.ts';

/** The folder that a repository's paths are relative to: of its working tree, or the bare repository itself; null outside of any. */
export async function readTopLevel(folder: string): Promise<string | null> {
  const run = createRunGit({ repository: folder });
  try {
    const isBare = (await gitValue(run, ['rev-parse', '--is-bare-repository'])) === 'true';
    return await gitValue(run, ['rev-parse', isBare ? '--absolute-git-dir' : '--show-toplevel']);
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.problems[0]?.code === 'not-a-repository') return null;
    throw thrown;
  }
}
