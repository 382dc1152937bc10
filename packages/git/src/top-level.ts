import { ProblemError } from '@model-gitops/lifecycle';
import { createRunGit, gitValue } from './run-git.ts';

/** The folder that a repository's paths are relative to: of its working tree, or the bare repository itself; null outside of any. */
export async function readTopLevel(folder: string): Promise<string | null> {
  const run = createRunGit({ repository: folder });
  try {
    const top = await gitValue(run, ['rev-parse', '--show-toplevel']);
    if (top !== null) return top;
    const isBare = (await gitValue(run, ['rev-parse', '--is-bare-repository'])) === 'true';
    return isBare ? await gitValue(run, ['rev-parse', '--absolute-git-dir']) : null;
  } catch (thrown) {
    if (thrown instanceof ProblemError && thrown.problems[0]?.code === 'not-a-repository') return null;
    throw thrown;
  }
}
