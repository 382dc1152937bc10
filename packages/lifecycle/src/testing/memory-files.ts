import picomatch from 'picomatch';
import type { Workspace } from '../ports/index.ts';

/** Files of a repository in memory, by path; globs mean what they mean on disk. */
export function memoryFiles(files: Readonly<Record<string, string>>): Pick<Workspace, 'readText' | 'list'> {
  return {
    readText: async (path) => (Object.hasOwn(files, path) ? (files[path] ?? null) : null),
    async list(globs, under) {
      const prefix = under === '' ? '' : `${under}/`;
      const isWanted = picomatch([...globs], { dot: true });
      return Object.keys(files)
        .filter((path) => path.startsWith(prefix) && isWanted(path.slice(prefix.length)))
        .sort();
    },
  };
}
