import type { GitObject, GitStore, ObjectId, TreeEntry } from '../ports/index.ts';

export interface FileDifference {
  readonly path: string;
  /** Not there before. */
  readonly isNew: boolean;
}

/** Two commits; without a first one everything is new. */
export interface CommitPair {
  readonly before: ObjectId | null;
  readonly after: ObjectId;
}

interface Folder {
  readonly pair: number;
  readonly prefix: string;
  /** A tree's id or `<commit>:`; null where the side has no such folder. */
  readonly before: string | null;
  readonly after: string | null;
}

type Entries = ReadonlyMap<string, TreeEntry>;

function entriesOf(object: GitObject | null | undefined): Entries {
  return new Map(object?.kind === 'tree' ? object.entries.map((entry) => [entry.name, entry]) : []);
}

async function readFolders(git: GitStore, folders: readonly Folder[]): Promise<(name: string | null) => Entries> {
  const asked = folders.flatMap(({ before, after }) => [before, after]);
  const names = [...new Set(asked)].filter((name): name is string => name !== null);
  const objects = await git.readObjects(names);
  const byName = new Map(names.map((name, index) => [name, entriesOf(objects[index])]));
  return (name) => byName.get(name ?? '') ?? new Map();
}

function treeOf(entry: TreeEntry | undefined): ObjectId | null {
  return entry?.kind === 'tree' ? entry.id : null;
}

/** What differs in one folder: files of its own, and folders to look into. */
function compareFolder({ pair, prefix }: Folder, before: Entries, after: Entries) {
  const files: FileDifference[] = [];
  const folders: Folder[] = [];
  for (const name of new Set([...before.keys(), ...after.keys()])) {
    const [one, two] = [before.get(name), after.get(name)];
    if (one?.id === two?.id && one?.kind === two?.kind) continue;
    const [oneTree, twoTree] = [treeOf(one), treeOf(two)];
    const isFile = (one !== undefined && oneTree === null) || (two !== undefined && twoTree === null);
    if (isFile) files.push({ path: `${prefix}${name}`, isNew: one === undefined });
    if (oneTree !== null || twoTree !== null)
      folders.push({ pair, prefix: `${prefix}${name}/`, before: oneTree, after: twoTree });
  }
  return { files, folders };
}

/** For each pair the files that differ between its trees. Folders that are equal are never opened; one read a level, whatever the number of pairs. */
export async function changedFilesOfAll(
  git: GitStore,
  pairs: readonly CommitPair[],
): Promise<readonly (readonly FileDifference[])[]> {
  const changed: FileDifference[][] = pairs.map(() => []);
  let level: readonly Folder[] = pairs.map(({ before, after }, pair) => ({
    pair,
    prefix: '',
    before: before === null ? null : `${before}:`,
    after: `${after}:`,
  }));
  while (level.length > 0) {
    const entries = await readFolders(git, level);
    const next: Folder[] = [];
    for (const folder of level) {
      const { files, folders } = compareFolder(folder, entries(folder.before), entries(folder.after));
      changed[folder.pair]?.push(...files);
      next.push(...folders);
    }
    level = next;
  }
  return changed;
}

/** Whether this file is all that a commit changed. */
export async function touchesOnly(
  git: GitStore,
  commit: ObjectId,
  parent: ObjectId | undefined,
  path: string,
): Promise<boolean> {
  const [changed = []] = await changedFilesOfAll(git, [{ before: parent ?? null, after: commit }]);
  return changed.length === 1 && changed[0]?.path === path;
}
