import type { RawObject } from '../../objects/object-reader.ts';
import { type Commit, parseCommit, parseTag, parseTree, type Tag, type TreeEntry } from '../../objects/parse.ts';
import type { Repository } from '../../records/repositories.ts';
import { nodeId, repositoryPage } from '../../views/schema.ts';
import type { Fields, Query, Typed } from '../query.ts';
import { gitActorOf } from './git-actor.ts';
import { repositoryOf } from './repository.ts';

interface InRepository {
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

const join = (folder: string, name: string) => (folder === '' ? name : `${folder}/${name}`);

const entryOf = (repository: Repository, entry: TreeEntry, folder: string): EntrySource => ({
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

const textLimit = 512_000;
const isBinary = (bytes: Buffer) => bytes.subarray(0, 8000).includes(0);

/** What every kind of object has. */
export const gitObjectFields = {
  id: ({ __typename, repository, id }: Typed<string> & InRepository) => nodeId(__typename, `${repository.id}:${id}`),
  oid: ({ id }: InRepository) => id,
  abbreviatedOid: ({ id }: InRepository) => id.slice(0, 7),
  repository: ({ repository }: InRepository) => repositoryOf(repository),
  commitUrl: ({ repository, id }: InRepository, _args: object, { context }: Query) =>
    `${repositoryPage(context, repository)}/commit/${id}`,
} satisfies Fields<never>;

export const treeFields: Fields<TreeSource> = {
  ...gitObjectFields,
  entries: ({ repository, entries, path }) => entries.map((entry) => entryOf(repository, entry, path)),
};

export const entryFields: Fields<EntrySource> = {
  name: ({ entry }) => entry.path,
  oid: ({ entry }) => entry.id,
  mode: ({ entry }) => Number.parseInt(entry.mode, 8),
  type: ({ entry }) => entry.kind,
  path: ({ entry, folder }) => join(folder, entry.path),
  async size({ repository, entry }, _args: object, query) {
    const object = entry.kind === 'blob' ? await objectAt(query, repository, entry.id) : null;
    return object?.__typename === 'Blob' ? object.bytes.length : 0;
  },
  async object({ repository, entry, folder }, _args: object, query) {
    const object = entry.kind === 'commit' ? null : await objectAt(query, repository, entry.id);
    return object?.__typename === 'Tree' ? { ...object, path: join(folder, entry.path) } : object;
  },
};

export const blobFields: Fields<BlobSource> = {
  ...gitObjectFields,
  byteSize: ({ bytes }) => bytes.length,
  isBinary: ({ bytes }) => isBinary(bytes),
  isTruncated: ({ bytes }) => !isBinary(bytes) && bytes.length > textLimit,
  text: ({ bytes }) => (isBinary(bytes) ? null : bytes.subarray(0, textLimit).toString('utf8')),
};

export const tagFields: Fields<TagSource> = {
  ...gitObjectFields,
  name: ({ tag }) => tag.name,
  message: ({ tag }) => tag.message,
  tagger: ({ tag }) => (tag.tagger === null ? null : gitActorOf(tag.tagger)),
  target: ({ repository, tag }, _args: object, query) => objectAt(query, repository, tag.target.id),
};
