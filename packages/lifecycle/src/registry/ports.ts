import type { ArtifactStore, GitStore, Host } from '../ports/index.ts';

/** Who writes commits, tags and events. */
export interface Writer {
  readonly name: string;
  readonly email: string;
}

/** What reading the registry takes. */
export interface RegistryReader {
  readonly git: GitStore;
  /** Folder of the pointers on the default branch: `registry`. */
  readonly folder: string;
  /** `main` */
  readonly defaultBranch: string;
}

/** What writing to the registry takes besides. */
export interface RegistryWriter extends RegistryReader {
  readonly host: Host;
  readonly identity: Writer;
}

export interface RegistryWithStore extends RegistryWriter {
  /** null where there is none: bytes can then neither be stored nor fetched. */
  readonly store: ArtifactStore | null;
}
