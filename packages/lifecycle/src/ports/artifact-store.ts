/** A file on the local disk with the facts that were measured when its bytes were read. */
export interface StoredFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/** What bytes belong to: a run by its training key, a registration that has no number yet, or a version that has its tag. */
export type Owner =
  | { readonly model: string; readonly run: string }
  | { readonly model: string; readonly operation: string }
  | { readonly model: string; readonly operation: string; readonly tag: string };

/**
 * Content-addressed bytes outside Git. A digest is lower-case hex sha256 without a prefix.
 * Every read is checked: bytes that do not have the digest they are stored under are never handed out.
 * A store that keeps a place for each owner (a release) looks there; for others (a folder) all bytes are one heap.
 */
export interface ArtifactStore {
  /** True if bytes with that digest are there (their content is checked on fetch, not here). */
  has(sha256: string, owner: Owner): Promise<boolean>;
  /** Streams a local file into the store and verifies the digest on the way; storing it twice is the same as once. Returns the uri for records (`dir:<sha256>`); never a web address that changes. */
  put(file: { readonly path: string; readonly sha256: string }, owner: Owner): Promise<{ readonly uri: string }>;
  /** Streams to `toPath` (temporary name, verified, then renamed). Problems: `artifact-missing`, `digest-mismatch` (both kind `refused`); nothing is left at `toPath` then. */
  fetch(sha256: string, toPath: string, owner: Owner): Promise<StoredFile>;
  /** The version has its tag now: what was put for the registration is its own from here on. Twice is the same as once; nothing where the store holds nothing of it. */
  seal(owner: { readonly model: string; readonly operation: string; readonly tag: string }): Promise<void>;
  /** Registrations of late whose bytes were put and never sealed: they stopped on the way, or are under way. None where sealing does nothing. */
  listUnsealed(): Promise<readonly { readonly model: string; readonly operation: string }[]>;
}
