import type { Position } from './types.ts';

/** A YAML file as a tree that remembers where everything was written; also what several files say together. */
export type Node = Mapping | List | Scalar;

export interface Mapping {
  readonly kind: 'mapping';
  readonly position: Position;
  readonly entries: ReadonlyMap<string, Entry>;
}

export interface Entry {
  /** Where the key stands. */
  readonly position: Position;
  readonly node: Node;
}

export interface List {
  readonly kind: 'list';
  readonly position: Position;
  readonly items: readonly Node[];
}

export interface Scalar {
  readonly kind: 'scalar';
  readonly position: Position;
  readonly value: string | number | boolean | null;
}

/** Keys and indices: `['gates', 1, 'if']`. */
export type Path = readonly (string | number)[];

/** `gates[1].if`; keys that are no words are quoted. */
export function pathText(path: Path): string {
  return path
    .map((part, index) => {
      if (typeof part === 'number') return `[${part}]`;
      if (!/^[\w-]{1,80}$/.test(part)) return `[${JSON.stringify(part.slice(0, 80))}]`;
      return index === 0 ? part : `.${part}`;
    })
    .join('');
}

/** The node at a path; undefined where there is none. */
export function nodeAt(root: Node, path: Path): Node | undefined {
  return path.reduce<Node | undefined>((node, part) => {
    if (node?.kind === 'mapping' && typeof part === 'string') return node.entries.get(part)?.node;
    return node?.kind === 'list' && typeof part === 'number' ? node.items[part] : undefined;
  }, root);
}

/** Where to look for what is wrong at a path: at the value if it is one word, at its key otherwise; at what is around it where nothing was written. */
export function placeOf(root: Node, path: Path): Position {
  const node = nodeAt(root, path);
  if (path.length === 0) return root.position;
  if (node === undefined) return keyPlaceOf(root, path.slice(0, -1));
  return node.kind === 'scalar' && node.value !== null ? node.position : keyPlaceOf(root, path);
}

/** Where the key of a path stands; of an item of a list the item. */
export function keyPlaceOf(root: Node, path: Path): Position {
  const part = path.at(-1);
  if (part === undefined) return root.position;
  const parent = nodeAt(root, path.slice(0, -1));
  if (parent?.kind === 'mapping' && typeof part === 'string') {
    const entry = parent.entries.get(part);
    if (entry !== undefined) return entry.position;
  }
  return nodeAt(root, path)?.position ?? keyPlaceOf(root, path.slice(0, -1));
}

/** The bare values. */
export function plainOf(node: Node): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'list') return node.items.map(plainOf);
  return Object.fromEntries([...node.entries].map(([key, entry]) => [key, plainOf(entry.node)]));
}

/** The tree without what stands at a path. Of a list that holds it the whole list, so that no index moves. */
export function without(root: Mapping, path: Path): Mapping {
  const [key, ...rest] = path;
  const entry = typeof key === 'string' ? root.entries.get(key) : undefined;
  if (typeof key !== 'string' || entry === undefined) return root;
  const isWhole = rest.length === 0 || entry.node.kind !== 'mapping';
  const kept = [...root.entries].flatMap(([name, one]) => {
    if (name !== key) return [[name, one] as const];
    return isWhole || one.node.kind !== 'mapping' ? [] : [[name, { ...one, node: without(one.node, rest) }] as const];
  });
  return { ...root, entries: new Map(kept) };
}

/** Keys of which a file says only one, by the path that they stand at: to name one replaces the other of the defaults. */
const alternatives: Readonly<Record<string, readonly [string, string]>> = {
  '': ['train', 'model'],
  features: ['sql', 'run'],
};

function isReplaced(key: string, over: Mapping, path: Path): boolean {
  const pair: readonly string[] = alternatives[pathText(path)] ?? [];
  return pair.includes(key) && !over.entries.has(key) && pair.some((other) => over.entries.has(other));
}

/** What a file says over what defaults say: mappings are merged key by key, everything else is replaced. */
export function mergeOver(base: Mapping, over: Mapping, path: Path = []): Mapping {
  const merged = new Map([...base.entries].filter(([key]) => !isReplaced(key, over, path)));
  for (const [key, entry] of over.entries) {
    const below = merged.get(key)?.node;
    const { node } = entry;
    const isBoth = below?.kind === 'mapping' && node.kind === 'mapping';
    merged.set(key, isBoth ? { ...entry, node: mergeOver(below, node, [...path, key]) } : entry);
  }
  return { ...over, entries: merged };
}

/** The position of every key and item, by dotted path. */
export function positionsOf(root: Node, path: Path = []): Readonly<Record<string, Position>> {
  const children: readonly (readonly [string | number, Node, Position])[] =
    root.kind === 'mapping'
      ? [...root.entries].map(([key, entry]) => [key, entry.node, entry.position] as const)
      : root.kind === 'list'
        ? root.items.map((item, index) => [index, item, item.position] as const)
        : [];
  return Object.fromEntries(
    children.flatMap(([part, node, position]) => {
      const here = [...path, part];
      return [[pathText(here), position] as const, ...Object.entries(positionsOf(node, here))];
    }),
  );
}
