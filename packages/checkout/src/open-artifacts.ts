import { openStore, releaseStore } from '@model-gitops/artifacts';
import { type ArtifactStore, type Problem, ProblemError, type Releases } from '@model-gitops/lifecycle';

export interface ArtifactsRequest {
  /** As somebody named it; null where nobody did. */
  readonly named: string | null;
  /** null where no forge can be asked. */
  readonly releases: Releases | null;
  /** A bare repository has no folder of its own for bytes. */
  readonly isBare: boolean;
  readonly repositoryRoot: string;
}

export interface FoundArtifacts {
  readonly store: ArtifactStore | null;
  /** `release`, `dir:…`; null where there is none. */
  readonly storeName: string | null;
}

const noForge: Problem = {
  code: 'store-unreachable',
  message: 'The bytes of models lie in the releases of the repository, and no forge can be asked from here.',
  remedy:
    'Set GITHUB_TOKEN (in a workflow: the input "github-token"), with "origin" on GitHub; or name another store with --store dir:<folder>.',
};

/** Told only when bytes are needed: most questions need none. */
function withoutForge(): ArtifactStore {
  const refuse = async () => {
    throw new ProblemError(noForge);
  };
  return { has: refuse, put: refuse, fetch: refuse, seal: refuse, listUnsealed: refuse };
}

function defaultStore({ releases, isBare }: ArtifactsRequest): string | null {
  if (releases !== null) return 'release';
  return isBare ? null : 'dir:.model-gitops/artifacts';
}

/** Where bytes are kept: as named; otherwise in the releases where there is a forge, in a folder of this clone where there is none. */
export function openArtifacts(request: ArtifactsRequest): FoundArtifacts {
  const storeName = request.named ?? defaultStore(request);
  if (storeName === null) return { store: null, storeName };
  if (storeName !== 'release') return { store: openStore(storeName, request), storeName };
  return { store: request.releases === null ? withoutForge() : releaseStore(request.releases), storeName };
}
