import { rm } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ProblemError, type Workspace } from '@model-gitops/lifecycle';
import { fileProblems } from '../problems.ts';
import { listFiles } from './list-files.ts';
import { measure } from './measure.ts';
import { placeInside } from './place-inside.ts';
import { readBytes, readText } from './read-file.ts';
import { writeAtomically } from './write-atomically.ts';

/** A Workspace on the disk: the checkout whose root is this folder. */
export function workspaceAt(folder: string): Workspace {
  const root = resolve(folder);
  return {
    readText: async (path) => readText(placeInside(root, path)),
    readBytes: async (path) => readBytes(placeInside(root, path)),
    async writeText(path, text) {
      const { real, path: shown } = placeInside(root, path);
      await writeAtomically(real, text).catch((cause) => {
        throw new ProblemError(fileProblems.failed('written', shown, cause), { cause });
      });
    },
    async remove(path) {
      const { named, path: shown } = placeInside(root, path);
      if (shown === '') throw new ProblemError(fileProblems.root());
      await rm(named, { recursive: true, force: true }).catch((cause) => {
        throw new ProblemError(fileProblems.failed('removed', shown, cause), { cause });
      });
    },
    list: async (globs, under) => listFiles(root, globs, under),
    measure: async (path) => measure(root, placeInside(root, path)),
    resolve: (path) => placeInside(root, path).named,
  };
}
