import { nodeId, repositoryPage } from '../../views/schema.ts';
import type { Fields, Query, Typed } from '../query.ts';
import {
  type BlobSource,
  type EntrySource,
  entryOf,
  type InRepository,
  objectAt,
  pathBelow,
  type TagSource,
  type TreeSource,
} from '../sources/git-objects.ts';
import { repositoryOf } from '../sources/repository.ts';
import { gitActorOf } from './git-actor.ts';

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
  path: ({ entry, folder }) => pathBelow(folder, entry.path),
  async size({ repository, entry }, _args: object, query) {
    const object = entry.kind === 'blob' ? await objectAt(query, repository, entry.id) : null;
    return object?.__typename === 'Blob' ? object.bytes.length : 0;
  },
  async object({ repository, entry, folder }, _args: object, query) {
    const object = entry.kind === 'commit' ? null : await objectAt(query, repository, entry.id);
    return object?.__typename === 'Tree' ? { ...object, path: pathBelow(folder, entry.path) } : object;
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
