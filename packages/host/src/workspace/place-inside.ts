import { readlinkSync, realpathSync } from 'node:fs';
import { basename, dirname, isAbsolute, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '@model-gitops/lifecycle';
import { fileProblems } from '../problems.ts';

const mostLinks = 40;

export function codeOf(cause: unknown): string {
  const code = (cause as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}

export function isMissing(cause: unknown): boolean {
  return codeOf(cause) === 'ENOENT' || codeOf(cause) === 'ENOTDIR';
}

function linkTarget(path: string): string | null {
  try {
    return resolve(dirname(path), readlinkSync(path));
  } catch {
    return null; // not a link, or not there
  }
}

/** Where a path really is, also if it or its end is not there yet: a link to nowhere counts as where it points. */
function realPlace(path: string, links = 0): string {
  try {
    return realpathSync(path);
  } catch (cause) {
    if (!isMissing(cause)) throw cause;
    const target = linkTarget(path);
    if (target !== null && links < mostLinks) return realPlace(target, links + 1);
    const parent = dirname(path);
    return parent === path ? path : join(realPlace(parent, links), basename(path));
  }
}

function isInside(root: string, path: string): boolean {
  const way = relative(root, path);
  return way !== '..' && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

export interface Place {
  /** As it was named, absolute. */
  readonly named: string;
  /** With links followed. */
  readonly real: string;
  /** As it was named, from the root, with forward slashes. */
  readonly path: string;
}

/** Where a path of the repository is. Problems: `path-outside`, `path-loop`, `file-unreadable`. */
export function placeInside(root: string, path: string): Place {
  const named = resolve(root, path);
  const { realRoot, real } = realPlaces(root, named, path);
  const isNamedInside = isInside(root, named) || isInside(realRoot, named);
  if (!isNamedInside || !isInside(realRoot, real)) throw new ProblemError(fileProblems.outside(path));
  const from = isInside(root, named) ? root : realRoot;
  return { named, real, path: relative(from, named).replaceAll(sep, '/') };
}

function realPlaces(root: string, named: string, path: string) {
  try {
    return { realRoot: realPlace(root), real: realPlace(named) };
  } catch (cause) {
    if (codeOf(cause) === 'ELOOP') throw new ProblemError(fileProblems.loop(path), { cause });
    throw new ProblemError(fileProblems.failed('read', path, cause), { cause });
  }
}
