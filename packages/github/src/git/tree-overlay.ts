import type { GitObject, ObjectId, TreeEntry } from '@model-gitops/lifecycle';
import type { ObjectCache } from './object-cache.ts';
import { emptyTree, objectId } from './object-id.ts';

type Layer = ReadonlyMap<string, string | null>;

export interface Overlaid {
  readonly id: ObjectId;
  /** The trees and blobs that are new, with their own ids. */
  readonly made: readonly GitObject[];
}

/** Git sorts a folder as if its name ended with a slash, by bytes. */
function inOrder(entries: readonly TreeEntry[]): TreeEntry[] {
  const keyed = entries.map((entry) => ({
    entry,
    key: Buffer.from(entry.kind === 'tree' ? `${entry.name}/` : entry.name),
  }));
  return keyed.sort((a, b) => Buffer.compare(a.key, b.key)).map(({ entry }) => entry);
}

function treeBytes(entries: readonly TreeEntry[]): Uint8Array {
  const parts = entries.flatMap(({ kind, name, id }) => [
    Buffer.from(`${kind === 'tree' ? '40000' : '100644'} ${name}\0`),
    Buffer.from(id, 'hex'),
  ]);
  return Buffer.concat(parts);
}

/** Files by the first folder of their path; '' holds those that lie here. */
function byFolder(files: Layer): Map<string, Map<string, string | null>> {
  const folders = new Map<string, Map<string, string | null>>();
  for (const [path, text] of files) {
    const slash = path.indexOf('/');
    const folder = slash < 0 ? '' : path.slice(0, slash);
    const layer = folders.get(folder) ?? new Map<string, string | null>();
    folders.set(folder, layer.set(slash < 0 ? path : path.slice(slash + 1), text));
  }
  return folders;
}

class UnknownFolder extends Error {}

function entriesOf(cache: ObjectCache, base: ObjectId | null): Map<string, TreeEntry> {
  const tree = base === null ? undefined : cache.objects.get(base);
  if (base !== null && tree?.kind !== 'tree') throw new UnknownFolder();
  return new Map(tree?.kind === 'tree' ? tree.entries.map((entry) => [entry.name, entry]) : []);
}

function overlay(
  cache: ObjectCache,
  base: ObjectId | null,
  files: Layer,
  like: ObjectId,
  made: GitObject[],
): ObjectId | null {
  const entries = entriesOf(cache, base);
  for (const [folder, layer] of byFolder(files)) {
    if (folder === '') {
      for (const [name, text] of layer) {
        if (text === null) entries.delete(name);
        else {
          const id = objectId('blob', text, like);
          made.push({ kind: 'blob', id, text });
          entries.set(name, { name, kind: 'blob', id });
        }
      }
      continue;
    }
    const below = entries.get(folder);
    const inner = overlay(cache, below?.kind === 'tree' ? below.id : null, layer, like, made);
    if (inner === null) entries.delete(folder);
    else entries.set(folder, { name: folder, kind: 'tree', id: inner });
  }
  if (entries.size === 0) return null;
  const sorted = inOrder([...entries.values()]);
  const id = objectId('tree', treeBytes(sorted), like);
  made.push({ kind: 'tree', id, entries: sorted });
  return id;
}

/**
 * The tree that comes of laying files over a base, as Git would name it; null where a folder on the way is not
 * remembered. A base with executable files or links gets another name here: compare with what GitHub answers.
 */
export function overlayTree(cache: ObjectCache, base: ObjectId | null, files: Layer, like: ObjectId): Overlaid | null {
  const made: GitObject[] = [];
  try {
    const id = overlay(cache, base, files, like, made) ?? emptyTree(like);
    return { id, made };
  } catch (thrown) {
    if (thrown instanceof UnknownFolder) return null;
    throw thrown;
  }
}
