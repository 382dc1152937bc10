/** 40 or 64 hex digits. */
export type ObjectId = string;

export interface Ref {
  /** Full name: `refs/heads/main`, `refs/tags/fraud@v1.4.0`. */
  readonly name: string;
  /** What the ref holds itself: for an annotated tag the tag object, not the commit. */
  readonly id: ObjectId;
}

export interface Signature {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, UTC, whole seconds. A property of the fact that is written, never of the writer's clock. */
  readonly date: string;
}

export interface CommitObject {
  readonly kind: 'commit';
  readonly id: ObjectId;
  readonly tree: ObjectId;
  readonly parents: readonly ObjectId[];
  readonly author: Signature;
  readonly committer: Signature;
  readonly message: string;
}
export interface TagObject {
  readonly kind: 'tag';
  readonly id: ObjectId;
  readonly target: ObjectId;
  readonly name: string;
  readonly tagger: Signature;
  readonly message: string;
}
export interface TreeEntry {
  /** One name, without a slash. */
  readonly name: string;
  readonly kind: 'blob' | 'tree' | 'other';
  readonly id: ObjectId;
}
export interface TreeObject {
  readonly kind: 'tree';
  readonly id: ObjectId;
  readonly entries: readonly TreeEntry[];
}
export interface BlobObject {
  readonly kind: 'blob';
  readonly id: ObjectId;
  /** UTF-8 text: everything the registry writes is text. */
  readonly text: string;
}
export type GitObject = CommitObject | TagObject | TreeObject | BlobObject;

export type NewObject =
  | {
      readonly kind: 'commit';
      /** Empty for a root commit (orphan branch). The new tree is the first parent's tree with `files` laid over it. */
      readonly parents: readonly ObjectId[];
      /** Path -> new text, or null to delete. */
      readonly files: Readonly<Record<string, string | null>>;
      readonly message: string;
      readonly author: Signature;
    }
  | {
      readonly kind: 'tag';
      readonly name: string;
      readonly target: ObjectId;
      readonly message: string;
      readonly tagger: Signature;
    };

export interface HistoryQuery {
  /** Start commit. */
  readonly from: ObjectId;
  /** Only commits that changed something at or below this path; '' is every commit. */
  readonly path: string;
  /** Follow first parents only: the order in which the branch itself moved. */
  readonly firstParent: boolean;
}

/**
 * What the registry needs of Git, and no more. Everything above (formats, write protocol, back-off) exists once and
 * runs on every adapter. Objects may be written that no ref names; only `moveRef` makes them visible to others.
 */
export interface GitStore {
  /** All refs whose full name starts with `prefix`, sorted by name. Always current, as the authority (the remote, where there is one) sees it, unless the adapter was opened offline. */
  readRefs(prefix: string): Promise<readonly Ref[]>;
  /** The objects in the order asked; null for one that does not exist. `<commit>:<path>` is accepted as well as an id. */
  readObjects(names: readonly string[]): Promise<readonly (GitObject | null)[]>;
  /** Newest first, by ancestry and not by date. A merge commit counts as changing a path if it differs from its first parent there. */
  readHistory(query: HistoryQuery): Promise<readonly CommitObject[]>;
  /** Writes an object without moving any ref. Writing the same content with the same signature gives the same id. */
  writeObject(object: NewObject): Promise<ObjectId>;
  /**
   * Compare-and-swap: the ref goes from `expected` (null: must not exist) to `next` (null: delete).
   * `conflict`: somebody else moved it, or it exists already; nothing changed. `unknown`: the answer was lost;
   * read before trying again. Refusals for other reasons (rights, hooks) are thrown as ProblemError.
   */
  moveRef(name: string, expected: ObjectId | null, next: ObjectId | null): Promise<'moved' | 'conflict' | 'unknown'>;
}
