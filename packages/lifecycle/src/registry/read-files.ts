import type { GitStore, ObjectId } from '../ports/index.ts';

export interface FileAt {
  /** Relative to where the reading started. */
  readonly path: string;
  readonly id: ObjectId;
}

interface Folder {
  readonly root: number;
  readonly prefix: string;
  readonly name: string;
}

/** For each root (`<commit>:<path>` or a tree's id) all files below it; empty where there is no such folder. One read a level, whatever the number of roots. */
export async function listFilesOfAll(git: GitStore, roots: readonly string[]): Promise<readonly (readonly FileAt[])[]> {
  const files: FileAt[][] = roots.map(() => []);
  let level: readonly Folder[] = roots.map((name, root) => ({ root, prefix: '', name }));
  while (level.length > 0) {
    const names = [...new Set(level.map(({ name }) => name))];
    const trees = await git.readObjects(names);
    const byName = new Map(names.map((name, index) => [name, trees[index]]));
    const next: Folder[] = [];
    for (const { root, prefix, name } of level) {
      const tree = byName.get(name);
      for (const entry of tree?.kind === 'tree' ? tree.entries : []) {
        if (entry.kind === 'tree') next.push({ root, prefix: `${prefix}${entry.name}/`, name: entry.id });
        else files[root]?.push({ path: `${prefix}${entry.name}`, id: entry.id });
      }
    }
    level = next;
  }
  return files;
}

/** All files below one root. */
export async function listFiles(git: GitStore, root: string): Promise<readonly FileAt[]> {
  return (await listFilesOfAll(git, [root]))[0] ?? [];
}

/** The texts of blobs by id; what is no text blob is left out. */
export async function readTexts(git: GitStore, ids: readonly ObjectId[]): Promise<ReadonlyMap<ObjectId, string>> {
  const wanted = [...new Set(ids)];
  const blobs = wanted.length === 0 ? [] : await git.readObjects(wanted);
  return new Map(blobs.flatMap((blob) => (blob?.kind === 'blob' ? [[blob.id, blob.text] as const] : [])));
}

/** The id of a ref, or null. */
export async function readTip(git: GitStore, name: string): Promise<ObjectId | null> {
  const refs = await git.readRefs(name);
  return refs.find((ref) => ref.name === name)?.id ?? null;
}
