import type { CommitObject, GitObject, ObjectId, Signature, TreeEntry } from '@model-gitops/lifecycle';

interface Actor {
  readonly name: string | null;
  readonly email: string | null;
  readonly date: string | null;
}

export interface CommitFields {
  readonly oid: ObjectId;
  readonly message: string;
  readonly author: Actor | null;
  readonly committer: Actor | null;
  readonly tree: { readonly oid: ObjectId };
  readonly parents: { readonly nodes: readonly { readonly oid: ObjectId }[] };
}

interface EntryFields {
  readonly name: string;
  readonly oid: ObjectId;
  readonly mode: number;
}

export type ObjectFields =
  | ({ readonly __typename: 'Commit' } & CommitFields)
  | {
      readonly __typename: 'Tag';
      readonly oid: ObjectId;
      readonly name: string;
      readonly tagMessage: string | null;
      readonly tagger: Actor | null;
      readonly target: { readonly oid: ObjectId };
    }
  | { readonly __typename: 'Tree'; readonly oid: ObjectId; readonly entries: readonly EntryFields[] | null }
  | { readonly __typename: 'Blob'; readonly oid: ObjectId; readonly text: string | null };

const actor = '{ name email date }';

export const commitFields = `oid message author ${actor} committer ${actor} tree { oid } parents(first: 100) { nodes { oid } }`;

/** Everything that is read of an object, in one fragment. A field of two types has two names, where one may be null and the other not. */
export const objectFragment = `fragment Whole on GitObject {
  __typename
  oid
  ... on Commit { ${commitFields} }
  ... on Tag { name tagMessage: message tagger ${actor} target { oid } }
  ... on Tree { entries { name oid mode } }
  ... on Blob { text }
}`;

/** UTC, whole seconds. GitHub gives the writer's own offset. */
function utc(date: string | null): string {
  const time = new Date(date ?? 0);
  return `${(Number.isNaN(time.getTime()) ? new Date(0) : time).toISOString().slice(0, 19)}Z`;
}

function signatureOf(who: Actor | null): Signature {
  return { name: who?.name ?? '', email: who?.email ?? '', date: utc(who?.date ?? null) };
}

/** GitHub leaves out the last line end of a message. */
export function wholeMessage(text: string | null): string {
  return text?.endsWith('\n') ? text : `${text ?? ''}\n`;
}

export function commitOf({ oid, message, author, committer, tree, parents }: CommitFields): CommitObject {
  return {
    kind: 'commit',
    id: oid,
    tree: tree.oid,
    parents: parents.nodes.map((parent) => parent.oid),
    author: signatureOf(author),
    committer: signatureOf(committer),
    message: wholeMessage(message),
  };
}

/** A symbolic link or a submodule is neither file nor folder. */
export function kindOfMode(mode: number): TreeEntry['kind'] {
  const type = mode & 0o170000;
  return type === 0o100000 ? 'blob' : type === 0o040000 ? 'tree' : 'other';
}

/** The object as the port tells it; of a blob what GitHub calls its text. */
export function objectOf(fields: ObjectFields): GitObject {
  switch (fields.__typename) {
    case 'Commit':
      return commitOf(fields);
    case 'Tag': {
      const { oid, name, tagMessage, tagger, target } = fields;
      return {
        kind: 'tag',
        id: oid,
        target: target.oid,
        name,
        tagger: signatureOf(tagger),
        message: wholeMessage(tagMessage),
      };
    }
    case 'Tree': {
      const entries = (fields.entries ?? []).map(({ name, oid, mode }) => ({ name, kind: kindOfMode(mode), id: oid }));
      return { kind: 'tree', id: fields.oid, entries };
    }
    case 'Blob':
      return { kind: 'blob', id: fields.oid, text: fields.text ?? '' };
    default:
      return fields satisfies never;
  }
}
