/** A file on the local disk with the facts that were measured when its bytes were read. */
export interface StoredFile {
  readonly path: string;
  readonly sha256: string;
  readonly size: number;
}

/**
 * Content-addressed bytes outside Git. A digest is lower-case hex sha256 without a prefix.
 * Every read is checked: bytes that do not have the digest they are stored under are never handed out.
 */
export interface ArtifactStore {
  /** True if bytes with that digest are there (their content is checked on fetch, not here). */
  has(sha256: string): Promise<boolean>;
  /** Streams a local file into the store and verifies the digest on the way; storing it twice is the same as once. Returns the uri for records (`dir:<sha256>`); never a web address that changes. */
  put(file: { readonly path: string; readonly sha256: string }): Promise<{ readonly uri: string }>;
  /** Streams to `toPath` (temporary name, verified, then renamed). Problems: `artifact-missing`, `digest-mismatch` (both kind `refused`); nothing is left at `toPath` then. */
  fetch(sha256: string, toPath: string): Promise<StoredFile>;
}
