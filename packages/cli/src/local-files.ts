import { parse, relative, resolve, sep } from 'node:path';
import { workspaceAt } from '@model-gitops/host';
import { type Problem, ProblemError, type Workspace } from '@model-gitops/lifecycle';

type LocalFiles = Pick<Workspace, 'readText' | 'readBytes' | 'writeText' | 'measure' | 'resolve'>;

/** The whole disk is the workspace here, and it names files from its root: people see what they typed. */
function asTyped(problem: Problem, typed: string): Problem {
  const { file, message } = problem;
  const named = resolve(typed);
  const inner = relative(parse(named).root, named).replaceAll(sep, '/');
  if (file === undefined || (file !== inner && !file.startsWith(`${inner}/`))) return problem;
  const shown = `${typed}${file.slice(inner.length)}`;
  return { ...problem, file: shown, message: message.replace(file.slice(0, 200), () => shown.slice(0, 200)) };
}

async function onDisk<Answer>(typed: string, ask: (disk: Workspace, path: string) => Promise<Answer>): Promise<Answer> {
  const path = resolve(typed);
  try {
    return await ask(workspaceAt(parse(path).root), path);
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    const problems = cause.problems.map((problem) => asTyped(problem, typed));
    throw new ProblemError(problems, { kind: cause.kind, cause });
  }
}

/** Files that a command line names: relative to where it was typed, anywhere on the disk. */
export const localFiles: LocalFiles = {
  readText: (path) => onDisk(path, (disk, place) => disk.readText(place)),
  readBytes: (path) => onDisk(path, (disk, place) => disk.readBytes(place)),
  writeText: (path, text) => onDisk(path, (disk, place) => disk.writeText(place, text)),
  measure: (path) => onDisk(path, (disk, place) => disk.measure(place)),
  resolve: (path) => resolve(path),
};
