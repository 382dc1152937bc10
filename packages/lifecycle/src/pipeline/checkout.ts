import type { RepositoryConfig } from '../config/types.ts';
import type { ArtifactStore, CommandRunner, DataEngine, Forge, Host, ModelRunner, Workspace } from '../ports/index.ts';
import type { MergePlace, RegistryReader, RegistryWithStore } from '../registry/index.ts';

/** A repository with everything plugged in that the steps need. Doors open one; nothing is read before it is asked for. */
export interface Checkout {
  readonly workspace: Workspace;
  readonly engine: DataEngine;
  readonly models: ModelRunner;
  readonly commands: CommandRunner;
  readonly host: Host;
  /** Receives the output of the user's commands. */
  readonly onLine: (line: string) => void;
  readonly repository: RepositoryConfig;
  readonly store: ArtifactStore | null;
  /** As `store:` names it: `release`, `dir:…`; null where there is none. */
  readonly storeName: string | null;
  /** The store is the default one in this checkout: nobody else puts bytes there. */
  readonly ownsStore: boolean;
  readonly head: {
    /** null before the first commit. */
    readonly commit: string | null;
    /** null when detached. */
    readonly branch: string | null;
    readonly defaultBranch: string;
  };
  /** Paths that differ from the commit now, without what the steps themselves write. */
  readDirty(): Promise<readonly string[]>;
  /** Where pull requests are; null without one that we know, without a token for it, and where nothing is to be asked. Nothing is asked of it before a step needs it. */
  readonly forge: Forge | null;
  /** `https://github.com/acme/penguins`; null where the remote is no forge that we know. */
  readonly repositoryUrl: string | null;
  /** `<owner>/<repository>/actions/runs/<id>`; null on a laptop. */
  readonly workflowRun: string | null;
  /** Nothing is pushed. */
  readonly isLocal: boolean;
  /** Where a person merges without a forge. */
  readonly mergePlace: MergePlace;
  /** The registry as the authority sees it; where that does not answer, as this clone remembers it, and a note says so. */
  openReader(): Promise<{ readonly reader: RegistryReader; readonly notes: () => readonly string[] }>;
  /** Problems: `identity-missing`, `not-a-repository`. */
  openWriter(): Promise<RegistryWithStore>;
}
