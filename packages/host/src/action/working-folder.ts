import { stat } from 'node:fs/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { isProblem } from '../exit-code.ts';
import { hostProblems } from '../problems.ts';
import { placeInside } from '../workspace/place-inside.ts';

/** The folder in the workspace that `working-directory` names. Problems: `working-directory-outside`, `working-directory-missing`. */
export async function workingFolder(workspace: string, name: string): Promise<string> {
  const folder = placeOf(workspace, name);
  const facts = await stat(folder).catch(() => null);
  if (facts?.isDirectory() !== true) throw new ProblemError(hostProblems.workingDirectory(name));
  return folder;
}

function placeOf(workspace: string, name: string): string {
  try {
    return placeInside(workspace, name).named;
  } catch (cause) {
    if (!isProblem(cause)) throw cause;
    throw new ProblemError(hostProblems.workingDirectoryOutside(name), { cause });
  }
}
