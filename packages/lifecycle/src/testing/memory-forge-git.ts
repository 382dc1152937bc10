import type { CommitObject, GitObject, ObjectId } from '../ports/index.ts';
import { type MemoryRepository, memoryGitStore } from './memory-git-store.ts';

export function tipOf({ refs }: MemoryRepository, branch: string): ObjectId | null {
  return refs.get(`refs/heads/${branch}`) ?? null;
}

/** A commit and everything that it was made from, children before parents. */
async function ancestryOf(repository: MemoryRepository, from: ObjectId): Promise<readonly CommitObject[]> {
  return memoryGitStore({ repository }).readHistory({ from, path: '', firstParent: false });
}

export async function contains(repository: MemoryRepository, tip: ObjectId, commit: ObjectId): Promise<boolean> {
  return (await ancestryOf(repository, tip)).some(({ id }) => id === commit);
}

/** The commits that a head adds to a base, newest first, and the last commit that both have. */
export async function compareCommits(repository: MemoryRepository, base: ObjectId, head: ObjectId) {
  const known = new Set((await ancestryOf(repository, base)).map(({ id }) => id));
  const commits = await ancestryOf(repository, head);
  return {
    added: commits.filter(({ id }) => !known.has(id)),
    mergeBase: commits.find(({ id }) => known.has(id))?.id ?? null,
  };
}

/** Path -> id of every file of a commit. */
function filesOf({ objects }: MemoryRepository, commit: ObjectId | null): ReadonlyMap<string, ObjectId> {
  const files = new Map<string, ObjectId>();
  const walk = (object: GitObject | undefined, folder: string): void => {
    if (object?.kind !== 'tree') return;
    for (const { name, kind, id } of object.entries) {
      if (kind === 'tree') walk(objects.get(id), `${folder}${name}/`);
      else files.set(`${folder}${name}`, id);
    }
  };
  const object = commit === null ? undefined : objects.get(commit);
  if (object?.kind === 'commit') walk(objects.get(object.tree), '');
  return files;
}

/** Path -> text after the change; null where the file is gone. Both names of a renamed file are there. */
export function changedFiles(
  repository: MemoryRepository,
  from: ObjectId | null,
  to: ObjectId,
): Readonly<Record<string, string | null>> {
  const [before, after] = [filesOf(repository, from), filesOf(repository, to)];
  const paths = [...new Set([...before.keys(), ...after.keys()])].sort();
  const changed = paths.filter((path) => before.get(path) !== after.get(path));
  return Object.fromEntries(
    changed.map((path) => {
      const blob = repository.objects.get(after.get(path) ?? '');
      return [path, blob?.kind === 'blob' ? blob.text : null];
    }),
  );
}
