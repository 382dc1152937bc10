import { createHash } from 'node:crypto';
import { createReadStream, type Stats } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { type FileFacts, ProblemError } from '@model-gitops/lifecycle';
import { fileProblems } from '../problems.ts';
import { isMissing, type Place, placeInside } from './place-inside.ts';

interface Measured {
  readonly sha256: string;
  readonly size: number;
}

async function measureFile(path: string): Promise<Measured> {
  const hash = createHash('sha256');
  let size = 0;
  for await (const chunk of createReadStream(path, { highWaterMark: 2 ** 20 })) {
    hash.update(chunk as Uint8Array);
    size += (chunk as Uint8Array).length;
  }
  return { sha256: hash.digest('hex'), size };
}

/** The line of `sha256sum`, also for names with a line break, which must not pass for two files. */
function digestLine(sha256: string, path: string): string {
  const escaped = path.replaceAll('\\', '\\\\').replaceAll('\n', '\\n').replaceAll('\r', '\\r');
  return `${escaped === path ? '' : '\\'}${sha256}  ${escaped}\n`;
}

/** A link to nowhere has no facts; it must not make its folder look missing. */
async function statOrNull(path: string): Promise<Stats | null> {
  return stat(path).catch((cause) => {
    if (isMissing(cause)) return null;
    throw cause;
  });
}

/** Files of a folder with their facts, relative to it; links are followed while they stay inside. */
async function measureBelow(root: string, folder: Place, ancestors: readonly string[]): Promise<[string, Measured][]> {
  if (ancestors.includes(folder.real)) throw new ProblemError(fileProblems.loop(folder.path));
  const found: [string, Measured][] = [];
  for (const name of await readdir(folder.named)) {
    const place = placeInside(root, `${folder.named}/${name}`);
    const facts = await statOrNull(place.named);
    if (facts === null) throw new ProblemError(fileProblems.notAFile(place.path));
    if (facts.isFile()) found.push([name, await measureFile(place.named)]);
    else if (facts.isDirectory())
      for (const [below, measured] of await measureBelow(root, place, [...ancestors, folder.real]))
        found.push([`${name}/${below}`, measured]);
    else throw new ProblemError(fileProblems.notAFile(place.path));
  }
  return found;
}

async function measureFolder(root: string, place: Place): Promise<Measured> {
  const files = await measureBelow(root, place, []);
  const lines = files.map(([path, { sha256 }]) => Buffer.from(digestLine(sha256, path))).sort(Buffer.compare);
  const hash = createHash('sha256');
  for (const line of lines) hash.update(line);
  return { sha256: hash.digest('hex'), size: files.reduce((sum, [, { size }]) => sum + size, 0) };
}

async function measurePlace(root: string, place: Place): Promise<FileFacts> {
  const facts = await stat(place.named);
  if (facts.isFile()) return { path: place.path, kind: 'file', ...(await measureFile(place.named)) };
  if (facts.isDirectory()) return { path: place.path, kind: 'directory', ...(await measureFolder(root, place)) };
  throw new ProblemError(fileProblems.notAFile(place.path));
}

/** Hashes a file, or a folder with all that is in it; null if there is none. Problems: `not-a-file`, `path-outside`, `path-loop`, `file-unreadable`. */
export async function measure(root: string, place: Place): Promise<FileFacts | null> {
  try {
    return await measurePlace(root, place);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    if (isMissing(cause)) return null;
    throw new ProblemError(fileProblems.failed('read', place.path, cause), { cause });
  }
}
