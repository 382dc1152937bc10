import type { Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import picomatch from 'picomatch';
import { isMissing, placeInside } from './place-inside.ts';

const neverListed = new Set(['.git', 'node_modules', '.model-gitops']);

/** The part of a glob before its first pattern: nothing else of the repository is walked. */
function fixedPart(glob: string): string {
  const { base, negated } = picomatch.scan(glob);
  return negated === true || base.includes('\\') ? '' : base;
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (facts) => facts.isFile(),
    () => false,
  );
}

async function entriesOf(folder: string): Promise<readonly Dirent[]> {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
}

/** Files below a folder, relative to it. As in Git, a link to a file is one, and a link to a folder is not walked. */
async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await entriesOf(folder)) {
    const [path, name] = [join(folder, entry.name), `${prefix}${entry.name}`];
    if (neverListed.has(entry.name)) continue;
    if (entry.isDirectory()) found.push(...(await filesBelow(path, `${name}/`)));
    else if (entry.isFile() || (entry.isSymbolicLink() && (await isFile(path)))) found.push(name);
  }
  return found;
}

function joinPath(folder: string, path: string): string {
  return folder === '' ? path : path === '' ? folder : `${folder}/${path}`;
}

/** Paths from the root of the files that match; globs are relative to `under`. Problem `path-outside`. */
export async function listFiles(root: string, globs: readonly string[], under: string): Promise<readonly string[]> {
  const isWanted = picomatch([...globs], { dot: true });
  const start = placeInside(root, under).path;
  const found = new Set<string>();
  for (const part of new Set(globs.map(fixedPart))) {
    const place = placeInside(root, joinPath(start, part));
    const below = place.path.slice(start === '' ? 0 : start.length + 1);
    const files = (await isFile(place.named))
      ? [below]
      : await filesBelow(place.named, below === '' ? '' : `${below}/`);
    for (const file of files)
      if (isWanted(file) && !file.split('/').some((name) => neverListed.has(name))) found.add(joinPath(start, file));
  }
  return [...found].sort();
}
