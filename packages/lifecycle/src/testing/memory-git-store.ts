import { sha1 } from '@noble/hashes/legacy.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { CommitObject, GitObject, GitStore, NewObject, ObjectId, TreeEntry } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { commitText, parseCommitText, parseTagText, tagText } from '../registry/git-object-text.ts';

/** What several stores look at together: one repository in memory. */
export interface MemoryRepository {
  readonly objects: Map<ObjectId, GitObject>;
  readonly refs: Map<string, ObjectId>;
}

/** A fault of one `moveRef`: the answer is lost before or after the change was made, or somebody else was quicker. */
export type MoveFault = 'lost-before' | 'lost-after' | 'conflict';

export interface MemoryGitStoreOptions {
  readonly repository?: MemoryRepository;
  /** Asked at each `moveRef`, before it acts; may also change the repository, as another writer would. */
  readonly fault?: (name: string) => MoveFault | undefined | Promise<MoveFault | undefined>;
}

export function memoryRepository(): MemoryRepository {
  return { objects: new Map(), refs: new Map() };
}

/** Git's own object id: sha1 of `<kind> <length>\0<bytes>`. */
function objectId(kind: string, bytes: Uint8Array): ObjectId {
  const head = utf8ToBytes(`${kind} ${bytes.length}\0`);
  const whole = new Uint8Array(head.length + bytes.length);
  whole.set(head);
  whole.set(bytes, head.length);
  return bytesToHex(sha1(whole));
}

function putBlob({ objects }: MemoryRepository, text: string): ObjectId {
  const id = objectId('blob', utf8ToBytes(text));
  objects.set(id, { kind: 'blob', id, text });
  return id;
}

/** Git sorts a folder as if its name ended with a slash, by bytes. */
function sortKey(entry: TreeEntry): string {
  return bytesToHex(utf8ToBytes(entry.kind === 'tree' ? `${entry.name}/` : entry.name));
}

function putTree({ objects }: MemoryRepository, entries: readonly TreeEntry[]): ObjectId {
  const sorted = entries.map((entry) => ({ entry, key: sortKey(entry) })).sort((a, b) => (a.key < b.key ? -1 : 1));
  const parts = sorted.flatMap(({ entry }) => [
    ...utf8ToBytes(`${entry.kind === 'tree' ? '40000' : '100644'} ${entry.name}\0`),
    ...hexToBytes(entry.id),
  ]);
  const id = objectId('tree', Uint8Array.from(parts));
  objects.set(id, { kind: 'tree', id, entries: sorted.map(({ entry }) => entry) });
  return id;
}

function entriesOf({ objects }: MemoryRepository, id: ObjectId | undefined): readonly TreeEntry[] {
  const tree = id === undefined ? undefined : objects.get(id);
  return tree?.kind === 'tree' ? tree.entries : [];
}

type Layer = ReadonlyMap<string, string | null>;

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

/** The tree with files laid over it; null when nothing is left. */
function overlay(repository: MemoryRepository, base: ObjectId | undefined, files: Layer): ObjectId | null {
  const entries = new Map(entriesOf(repository, base).map((entry) => [entry.name, entry]));
  for (const [folder, layer] of byFolder(files)) {
    if (folder === '') {
      for (const [name, text] of layer) {
        if (text === null) entries.delete(name);
        else entries.set(name, { name, kind: 'blob', id: putBlob(repository, text) });
      }
      continue;
    }
    const inner = overlay(repository, entries.get(folder)?.id, layer);
    if (inner === null) entries.delete(folder);
    else entries.set(folder, { name: folder, kind: 'tree', id: inner });
  }
  return entries.size === 0 ? null : putTree(repository, [...entries.values()]);
}

function commitOf(repository: MemoryRepository, id: ObjectId | undefined): CommitObject | undefined {
  const object = id === undefined ? undefined : repository.objects.get(id);
  return object?.kind === 'commit' ? object : undefined;
}

function putCommit(repository: MemoryRepository, commit: NewObject & { kind: 'commit' }): ObjectId {
  const base = commitOf(repository, commit.parents[0])?.tree;
  const tree = overlay(repository, base, new Map(Object.entries(commit.files))) ?? putTree(repository, []);
  const text = commitText({ ...commit, tree });
  const id = objectId('commit', utf8ToBytes(text));
  repository.objects.set(id, parseCommitText(id, text));
  return id;
}

function putTag(repository: MemoryRepository, tag: NewObject & { kind: 'tag' }): ObjectId {
  const text = tagText(tag);
  const id = objectId('tag', utf8ToBytes(text));
  repository.objects.set(id, parseTagText(id, text));
  return id;
}

function lookup(repository: MemoryRepository, name: string): GitObject | null {
  const colon = name.indexOf(':');
  const object = repository.objects.get(colon < 0 ? name : name.slice(0, colon)) ?? null;
  if (colon < 0) return object;
  const path = name.slice(colon + 1);
  const root = object?.kind === 'commit' ? object.tree : object?.id;
  const names = path.split('/').filter((part) => part !== '');
  const id = names.reduce<ObjectId | undefined>(
    (at, part) => entriesOf(repository, at).find((entry) => entry.name === part)?.id,
    root,
  );
  return (id === undefined ? undefined : repository.objects.get(id)) ?? null;
}

/** Children before parents, whatever the dates say. */
function topological(repository: MemoryRepository, from: ObjectId, firstParent: boolean): CommitObject[] {
  const done = new Set<ObjectId>();
  const order: CommitObject[] = [];
  const stack: { id: ObjectId; isExpanded: boolean }[] = [{ id: from, isExpanded: false }];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    const commit = commitOf(repository, top.id);
    if (commit === undefined || done.has(top.id)) continue;
    if (top.isExpanded) {
      done.add(top.id);
      order.push(commit);
      continue;
    }
    stack.push({ id: top.id, isExpanded: true });
    const parents = firstParent ? commit.parents.slice(0, 1) : commit.parents;
    stack.push(...parents.map((id) => ({ id, isExpanded: false })));
  }
  return order.reverse();
}

function isChanged(repository: MemoryRepository, commit: CommitObject, path: string): boolean {
  if (path === '') return true;
  const here = lookup(repository, `${commit.id}:${path}`)?.id ?? null;
  const [parent] = commit.parents;
  if (parent === undefined) return here !== null;
  return here !== (lookup(repository, `${parent}:${path}`)?.id ?? null);
}

/** One name may not be a file and a folder: Git stores refs so that they cannot be. */
function refuseNesting(refs: ReadonlyMap<string, ObjectId>, name: string): void {
  for (const other of refs.keys()) {
    if (other.startsWith(`${name}/`) || name.startsWith(`${other}/`)) {
      throw new ProblemError({
        code: 'ref-name-conflict',
        message: `The ref ${name} cannot exist beside ${other}.`,
        remedy: `Rename or delete ${other}.`,
      });
    }
  }
}

function move(
  { refs }: MemoryRepository,
  name: string,
  expected: ObjectId | null,
  next: ObjectId | null,
): 'moved' | 'conflict' {
  if ((refs.get(name) ?? null) !== expected) return 'conflict';
  if (next === null) refs.delete(name);
  else {
    if (expected === null) refuseNesting(refs, name);
    refs.set(name, next);
  }
  return 'moved';
}

/** The in-memory twin of the git adapter, with Git's own object ids. */
export function memoryGitStore({ repository = memoryRepository(), fault }: MemoryGitStoreOptions = {}): GitStore {
  return {
    readRefs: async (prefix) =>
      [...repository.refs]
        .filter(([name]) => name.startsWith(prefix))
        .map(([name, id]) => ({ name, id }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    readObjects: async (names) => names.map((name) => lookup(repository, name)),
    readHistory: async ({ from, path, firstParent }) =>
      topological(repository, from, firstParent).filter((commit) => isChanged(repository, commit, path)),
    writeObject: async (object) =>
      object.kind === 'commit' ? putCommit(repository, object) : putTag(repository, object),
    async moveRef(name, expected, next) {
      const planned = await fault?.(name);
      if (planned === 'conflict') return 'conflict';
      if (planned === 'lost-before') return 'unknown';
      const answer = move(repository, name, expected, next);
      return planned === 'lost-after' ? 'unknown' : answer;
    },
  };
}
