import type { ModelConfig, Position } from '../config/types.ts';
import type { Run } from '../documents.ts';
import type { Workspace } from '../ports/index.ts';
import { positionOf } from '../position-of.ts';
import { ProblemError } from '../problem.ts';
import { trainProblems } from './problems.ts';

export type Locks = Run['environment']['locks'];

/** Files by which package managers say what is installed. */
const lockNames = [
  'requirements.txt',
  'uv.lock',
  'poetry.lock',
  'Pipfile.lock',
  'pdm.lock',
  'conda-lock.yml',
  'environment.yml',
  'package-lock.json',
  'yarn.lock',
  'pnpm-lock.yaml',
  'renv.lock',
  'Manifest.toml',
] as const;

/** The locks that lie in the folder or at the root of the repository. */
export async function findLocks(workspace: Workspace, folder: string): Promise<Locks> {
  const folders = folder === '' ? [''] : ['', `${folder}/`];
  const locks: { readonly path: string; readonly sha256: string }[] = [];
  for (const path of folders.flatMap((prefix) => lockNames.map((name) => `${prefix}${name}`))) {
    const facts = await workspace.measure(path);
    if (facts?.kind === 'file') locks.push({ path, sha256: facts.sha256 });
  }
  return locks.sort((a, b) => (a.path < b.path ? -1 : 1));
}

/** Named locks with their digests. Problem `lock-missing`, all at once. */
export async function measureLocks(
  workspace: Workspace,
  paths: readonly string[],
  positions: (index: number) => Position | undefined = () => undefined,
): Promise<Locks> {
  const found = await Promise.all(paths.map((path) => workspace.measure(path)));
  const missing = paths.flatMap((path, index) =>
    found[index]?.kind === 'file' ? [] : [trainProblems.lockMissing(path, positions(index))],
  );
  if (missing.length > 0) throw new ProblemError(missing);
  return found.flatMap((facts) => (facts === null ? [] : [{ path: facts.path, sha256: facts.sha256 }]));
}

/** The locks of a model: those that `train.locks` names, else those that lie in its folder or at the root of the repository. */
export function locksOf(workspace: Workspace, config: ModelConfig): Promise<Locks> {
  const named = config.train?.locks ?? [];
  if (named.length === 0) return findLocks(workspace, config.folder);
  return measureLocks(workspace, named, (index) => positionOf(config, `train.locks[${index}]`, 'train.locks', 'train'));
}
