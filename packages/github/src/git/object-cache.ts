import type { GitObject, ObjectId } from '@model-gitops/lifecycle';
import { type BoundedMap, boundedMap } from './bounded-map.ts';
import { emptyTree } from './object-id.ts';

const mostCharacters = 64_000_000;
const mostNames = 100_000;

/** Roughly what an object takes of memory. */
function weigh(object: GitObject): number {
  if (object.kind === 'tree') return 200 + object.entries.length * 120;
  return 400 + (object.kind === 'blob' ? object.text.length : object.message.length);
}

/** Objects never change, so what was read or written once is never asked again while it is remembered. */
export interface ObjectCache {
  readonly objects: BoundedMap<GitObject>;
  /** `<commit>:<path>` -> the id that it names. */
  readonly names: BoundedMap<ObjectId>;
  /** Ids that a remembered commit or tree names, which therefore exist. */
  readonly listed: BoundedMap<'blob' | 'tree'>;
}

export function createObjectCache(): ObjectCache {
  const cache: ObjectCache = {
    objects: boundedMap(mostCharacters, weigh),
    names: boundedMap<ObjectId>(mostNames, () => 1),
    listed: boundedMap<'blob' | 'tree'>(mostNames, () => 1),
  };
  for (const digits of [40, 64]) {
    const id = emptyTree('0'.repeat(digits));
    cache.objects.set(id, { kind: 'tree', id, entries: [] });
  }
  return cache;
}

export function remember(cache: ObjectCache, object: GitObject): void {
  cache.objects.set(object.id, object);
  if (object.kind === 'commit') cache.listed.set(object.tree, 'tree');
  for (const { id, kind } of object.kind === 'tree' ? object.entries : [])
    if (kind !== 'other') cache.listed.set(id, kind);
}

/** The same cache, holding on to what it gives while one question is answered: an answer may be larger than the memory. */
export function holding(cache: ObjectCache): ObjectCache {
  const held = new Map<ObjectId, GitObject>();
  const get = (id: ObjectId) => {
    const object = held.get(id) ?? cache.objects.get(id);
    if (object !== undefined) held.set(id, object);
    return object;
  };
  const set = (id: ObjectId, object: GitObject) => {
    held.set(id, object);
    cache.objects.set(id, object);
  };
  return { ...cache, objects: { get, set, has: (id) => held.has(id) || cache.objects.has(id) } };
}

export interface ObjectName {
  readonly text: string;
  readonly root: ObjectId;
  /** null: the root itself. */
  readonly path: readonly string[] | null;
}

/** null for what is no id and no `<id>:<path>`: such a name is not there. */
export function parseObjectName(text: string): ObjectName | null {
  const match = /^([0-9a-f]{40}(?:[0-9a-f]{24})?)(?::([^\n\r\0]*))?$/.exec(text);
  if (match?.[1] === undefined) return null;
  const path = match[2]?.split('/').filter((part) => part !== '') ?? null;
  return { text: path === null ? match[1] : `${match[1]}:${path.join('/')}`, root: match[1], path };
}

/** `next`: the object that has to be read to know more. */
export type Resolved = { readonly id: ObjectId } | { readonly absent: true } | { readonly next: ObjectId };

/** Follows a name through the trees that are remembered. */
export function resolveName(cache: ObjectCache, { text, root, path }: ObjectName): Resolved {
  if (path === null) return { id: root };
  const named = cache.names.get(text);
  if (named !== undefined) return { id: named };
  const start = cache.objects.get(root);
  if (start === undefined) return { next: root };
  if (start.kind !== 'commit' && start.kind !== 'tree') return { absent: true };
  let at = start.kind === 'commit' ? start.tree : root;
  for (const [depth, part] of path.entries()) {
    const tree = cache.objects.get(at);
    if (tree === undefined) return { next: at };
    const entry = tree.kind === 'tree' ? tree.entries.find(({ name }) => name === part) : undefined;
    const isLast = depth === path.length - 1;
    if (entry === undefined || (entry.kind !== 'tree' && !isLast)) return { absent: true };
    at = entry.id;
  }
  return { id: at };
}
