import type { RawObject } from '../../objects/object-reader.ts';
import { type Commit, parseCommit, parseTag, parseTree, type Tag, type TreeEntry } from '../../objects/parse.ts';
import type { Repository } from '../../records/repositories.ts';
import type { Query, Typed } from '../query.ts';

export interface InRepository {
  readonly repository: Repository;
  readonly id: string;
}
export interface CommitSource extends Typed<'Commit'>, InRepository {
  readonly commit: Commit;
}
export interface TreeSource extends Typed<'Tree'>, InRepository {
  readonly entries: readonly TreeEntry[];
  /** Where it was found, for the paths of its entries. */
  readonly path: string;
}
export interface BlobSource extends Typed<'Blob'>, InRepository {
  readonly bytes: Buffer;
}
export interface TagSource extends Typed<'Tag'>, InRepository {
  readonly tag: Tag;
}
export interface EntrySource extends Typed<'TreeEntry'>, InRepository {
  readonly entry: TreeEntry;
  readonly folder: string;
}
type GitObjectSource = CommitSource | TreeSource | BlobSource | TagSource;

function sourceOf(repository: Repository, raw: RawObject, path: string): GitObjectSource {
  const { id, bytes } = raw;
  switch (raw.kind) {
    case 'commit':
      return { __typename: 'Commit', repository, id, commit: parseCommit(raw) };
    case 'tag':
      return { __typename: 'Tag', repository, id, tag: parseTag(raw) };
    case 'tree':
      return { __typename: 'Tree', repository, id, entries: parseTree(raw), path };
    case 'blob':
      return { __typename: 'Blob', repository, id, bytes };
    default:
      return raw.kind satisfies never;
  }
}

/** The object of an id or an expression (`main:path`); null, without an error, where there is none. */
export async function objectAt(query: Query, repository: Repository, name: string): Promise<GitObjectSource | null> {
  const raw = await query.context.git(repository).read(name);
  return raw === null ? null : sourceOf(repository, raw, /^[^:]+:(.*)$/.exec(name)?.[1] ?? '');
}

export async function commitAt(query: Query, repository: Repository, id: string): Promise<CommitSource | null> {
  const found = await objectAt(query, repository, id);
  return found?.__typename === 'Commit' ? found : null;
}

export const pathBelow = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);

export const entryOf = (repository: Repository, entry: TreeEntry, folder: string): EntrySource => ({
  __typename: 'TreeEntry',
  repository,
  id: entry.id,
  entry,
  folder,
});

/** What a commit holds at a path, as the folder above lists it. */
export async function entryAt(query: Query, { repository, id }: InRepository, path: string) {
  const parts = path.split('/').filter((part) => part !== '');
  const name = parts.pop();
  const folder = parts.join('/');
  const above = await objectAt(query, repository, `${id}:${folder}`);
  const entry = above?.__typename === 'Tree' ? above.entries.find((one) => one.path === name) : undefined;
  return entry === undefined ? null : entryOf(repository, entry, folder);
}
