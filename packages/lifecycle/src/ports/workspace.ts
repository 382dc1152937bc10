export interface FileFacts {
  /** Relative to the repository root, with forward slashes. */
  readonly path: string;
  readonly kind: 'file' | 'directory';
  /** sha256 of a file's bytes; of a directory the digest of its sorted `<sha256>  <relative path>` lines. Hex, no prefix. */
  readonly sha256: string;
  /** Bytes; of a directory the sum. */
  readonly size: number;
}

/**
 * The checkout that a step works in. Paths are relative to the repository root, with forward slashes; a path that
 * leaves the repository (also through a symbolic link) is refused with `path-outside`.
 */
export interface Workspace {
  /** Text of a UTF-8 file (BOM removed); null if there is none. */
  readText(path: string): Promise<string | null>;
  /** The bytes of a file of at most 2 GiB (the limit of protobuf, hence of ONNX); null if there is none. Problem `file-too-large`. */
  readBytes(path: string): Promise<Uint8Array | null>;
  /** Writes atomically (temporary name, then rename), making folders as needed. */
  writeText(path: string, text: string): Promise<void>;
  /** Removes a file or a folder with all that is in it; there may be none. */
  remove(path: string): Promise<void>;
  /** Files that match any of the globs, sorted; `.git`, `node_modules` and `.model-gitops` are never listed. */
  list(globs: readonly string[], under: string): Promise<readonly string[]>;
  /** Streams and hashes a file or directory; null if there is none. */
  measure(path: string): Promise<FileFacts | null>;
  /** The absolute path, for engines and commands that need one. Refuses to leave the repository. */
  resolve(path: string): string;
}
