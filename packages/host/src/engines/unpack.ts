import { mkdir } from 'node:fs/promises';
import { ProblemError } from '@model-gitops/lifecycle';
import { extract, type ReadEntry } from 'tar';
import { engineProblems } from '../problems.ts';

export interface Unpacking {
  readonly archive: string;
  readonly to: string;
  /** For messages. */
  readonly what: string;
  /** How many leading folders are dropped. */
  readonly strip: number;
  readonly isWanted: (path: string) => boolean;
}

const plainTypes = new Set(['File', 'OldFile', 'ContiguousFile', 'Directory', 'GNUDumpDir']);

/** What makes an archive one that could write elsewhere; null for none. */
function dangerOf(path: string, type: string): string | null {
  if (!plainTypes.has(type)) return `a ${type} (${path.slice(0, 80)})`;
  const isAbsolute = /^([/\\]|[a-z]:)/i.test(path);
  return isAbsolute || path.split(/[/\\]/).includes('..') ? `the path ${path.slice(0, 80)}` : null;
}

/** Unpacks plain files and folders. Anything else in the archive refuses it as a whole: problem `engine-archive-unsafe`. */
export async function unpack({ archive, to, what, strip, isWanted }: Unpacking): Promise<void> {
  const dangers: string[] = [];
  const filter = (path: string, entry: unknown) => {
    const danger = dangerOf(path, (entry as ReadEntry).type);
    if (danger !== null) dangers.push(danger);
    return danger === null && isWanted(path);
  };
  await mkdir(to, { recursive: true });
  try {
    await extract({ file: archive, cwd: to, strip, strict: true, filter, preserveOwner: false });
  } catch (cause) {
    const why = cause instanceof Error ? cause.message : String(cause);
    throw new ProblemError(engineProblems.archive(what, `something unreadable (${why.slice(0, 120)})`), {
      kind: 'could-not-run',
      cause,
    });
  }
  const [danger] = dangers;
  if (danger !== undefined) throw new ProblemError(engineProblems.archive(what, danger), { kind: 'could-not-run' });
}
