import { releaseStore } from '@model-gitops/artifacts';
import {
  createForgeClient,
  type ForgeClient,
  type ForgeOctokit,
  githubForge,
  githubGitStore,
  githubReleases,
} from '@model-gitops/github';
import {
  type ArtifactStore,
  type Forge,
  type GitStore,
  type Host,
  type ReconcilePorts,
  readRegistryFolder,
  type Writer,
} from '@model-gitops/lifecycle';
import { createBoundedMap } from './bounded-map.ts';
import { keyOfPlace, type Place } from './work.ts';

export interface RepositoriesOptions {
  readonly apiUrl: string;
  readonly appId: number;
  readonly host: Host;
  /** With a new token of an installation: an older one knows nothing of a repository, or a right, that was added since. */
  readonly openOctokit: (installation: number) => Promise<ForgeOctokit>;
  readonly readIdentity: (octokit: ForgeOctokit) => Promise<Writer>;
  /** Repositories that are kept warm. */
  readonly most: number;
}

export interface Repositories {
  /** `isFresh`: the configuration is read again. Problems: those of the configuration and of the forge. */
  open(place: Place, isFresh: boolean): Promise<ReconcilePorts>;
  /** Opens it anew the next time, with a new token. */
  forget(place: Place): void;
}

/** A repository whose objects and configuration are remembered between events. */
interface WarmRepository {
  readonly installation: number;
  readonly client: ForgeClient;
  readonly git: GitStore;
  readonly forge: Forge;
  readonly identity: Writer;
  readonly store: ArtifactStore;
  /** null: not read yet. */
  facts: { readonly defaultBranch: string; readonly url: string; readonly folder: string } | null;
}

interface Whereabouts {
  readonly defaultBranch: string;
  readonly url: string;
}

/** As the event says; where it does not, the forge is asked. */
async function findWhereabouts({ client }: WarmRepository, place: Place): Promise<Whereabouts> {
  const { defaultBranch, url } = place;
  if (defaultBranch !== null && url !== null) return { defaultBranch, url };
  const { data } = await client.request('GET /repos/{owner}/{repo}');
  return { defaultBranch: data.default_branch, url: data.html_url };
}

/** Opens repositories and keeps the ones that were used last. */
export function openRepositories(options: RepositoriesOptions): Repositories {
  const { apiUrl, appId, host, openOctokit, readIdentity, most } = options;
  const warm = createBoundedMap<WarmRepository>(most);
  let identity: Promise<Writer> | null = null;

  async function make({ owner, name, installation }: Place): Promise<WarmRepository> {
    const octokit = await openOctokit(installation);
    identity ??= readIdentity(octokit);
    const client = createForgeClient({ apiUrl, access: { octokit }, repository: { owner, name }, host });
    const forge = githubForge(client, { checkKind: 'app', appId });
    return {
      installation,
      client,
      git: githubGitStore(client, { isSigned: true }),
      forge,
      identity: await identity,
      store: releaseStore(githubReleases(client)),
      facts: null,
    };
  }
  async function find(place: Place): Promise<WarmRepository> {
    const known = warm.get(keyOfPlace(place));
    const repository = known?.installation === place.installation ? known : await make(place);
    warm.set(keyOfPlace(place), repository);
    return repository;
  }
  return {
    forget: (place) => warm.delete(keyOfPlace(place)),
    async open(place, isFresh) {
      const repository = await find(place);
      const isMoved = place.defaultBranch !== null && repository.facts?.defaultBranch !== place.defaultBranch;
      if (isFresh || isMoved || repository.facts === null) {
        const where = await findWhereabouts(repository, place);
        repository.facts = { ...where, folder: await readRegistryFolder(repository.git, where.defaultBranch) };
      }
      const { git, forge, identity: writer, store, facts } = repository;
      return {
        git,
        forge,
        host,
        identity: writer,
        folder: facts.folder,
        defaultBranch: facts.defaultBranch,
        repositoryUrl: facts.url,
        store,
      };
    },
  };
}
