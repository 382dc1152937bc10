import { resolve } from 'node:path';
import {
  gitStore,
  type Head,
  readDirtyPaths,
  readHead,
  readIdentity,
  readRemoteDefault,
  readRemoteUrl,
  readTopLevel,
} from '@model-gitops/git';
import { engineLoader, shellCommands, systemHost, workspaceAt } from '@model-gitops/host';
import { onnxModelRunner } from '@model-gitops/inference';
import {
  type Checkout,
  type GitStore,
  ProblemError,
  parseRepositoryConfig,
  type RepositoryConfig,
  repositoryConfigFile,
  type Writer,
} from '@model-gitops/lifecycle';
import { duckdbEngine } from '@model-gitops/tables';
import { openArtifacts } from './open-artifacts.ts';
import { openForge } from './open-forge.ts';
import { rememberingStore } from './remembering-store.ts';

export interface CheckoutRequest {
  /** A folder in a working tree, or a bare repository. */
  readonly folder: string;
  /** Where engines are looked for: the address of the file that started. */
  readonly from: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Over `store:` of the configuration. */
  readonly store?: string | null;
  /** For an https remote, and for the forge. */
  readonly token?: string | null;
  /** Nothing is pushed. */
  readonly isLocal?: boolean;
  /** Nothing is asked of the remote. */
  readonly isOffline?: boolean;
  /** As the event that started a workflow says. */
  readonly defaultBranch?: string | null;
  /** Who writes where Git does not say. */
  readonly identity?: Writer | null;
  readonly workflowRun?: string | null;
  readonly onLine?: (line: string) => void;
}

const remote = 'origin';
const nowhere: Head = {
  commit: null,
  branch: null,
  defaultBranch: 'main',
  isBare: false,
  isDefaultGuessed: false,
};

interface Place {
  readonly root: string;
  readonly isRepository: boolean;
  readonly head: Head;
  /** Address of `origin`; null without one. */
  readonly remoteUrl: string | null;
}

/** As the door says; else as this clone knows; and only where it knows nothing (of one branch, say) the remote is asked. */
async function defaultBranchOf(root: string, head: Head, isClone: boolean, request: CheckoutRequest): Promise<string> {
  if (request.defaultBranch) return request.defaultBranch;
  const isAskable = isClone && request.isLocal !== true && request.isOffline !== true;
  if (!head.isDefaultGuessed || !isAskable) return head.defaultBranch;
  return (await readRemoteDefault(root, remote)) ?? head.defaultBranch;
}

async function findPlace(request: CheckoutRequest): Promise<Place> {
  const { folder } = request;
  const top = await readTopLevel(folder);
  if (top === null) return { root: resolve(folder), isRepository: false, head: nowhere, remoteUrl: null };
  const [head, remoteUrl] = await Promise.all([readHead(top), readRemoteUrl(top, remote)]);
  const named = { ...head, defaultBranch: await defaultBranchOf(top, head, remoteUrl !== null, request) };
  return { root: top, isRepository: true, head: named, remoteUrl };
}

/** A bare repository has no working tree: its configuration is that of the default branch. */
async function readRepositoryText({ root, head }: Place, git: GitStore): Promise<string | null> {
  if (!head.isBare) return workspaceAt(root).readText(repositoryConfigFile);
  const [blob] = head.commit === null ? [null] : await git.readObjects([`${head.commit}:${repositoryConfigFile}`]);
  return blob?.kind === 'blob' ? blob.text : null;
}

/** The store that somebody named; null where nobody did. */
function namedStore(request: CheckoutRequest, repository: RepositoryConfig): string | null {
  return request.store ?? repository.store ?? null;
}

async function identityOf(root: string, fallback: Writer | null | undefined): Promise<Writer> {
  try {
    return await readIdentity(root);
  } catch (thrown) {
    const isMissing = thrown instanceof ProblemError && thrown.problems[0]?.code === 'identity-missing';
    if (isMissing && fallback != null) return fallback;
    throw thrown;
  }
}

/** Opens a repository for the steps. Nothing is written, and nothing is asked of the remote, before a step needs it. */
export async function openCheckout(request: CheckoutRequest): Promise<Checkout> {
  const place = await findPlace(request);
  const { root, head } = place;
  const isClone = place.remoteUrl !== null;
  const isLocal = request.isLocal === true || !isClone;
  const token = request.token ? { token: request.token } : {};
  const online = gitStore({ repository: root, remote: isClone ? remote : null, ...token });
  const offline = isClone ? gitStore({ repository: root, remote, offline: true }) : online;
  const repository = parseRepositoryConfig((await readRepositoryText(place, offline)) ?? '', repositoryConfigFile);
  const named = namedStore(request, repository);
  const onLine = request.onLine ?? (() => undefined);
  const loadEngine = engineLoader({ from: request.from, environment: request.environment, onProgress: onLine });
  const registry = { folder: repository.registry, defaultBranch: head.defaultBranch };
  const checkRepository = async () => {
    if (!place.isRepository) await readHead(root);
  };
  const host = systemHost();
  const { forge, releases, repositoryUrl } = openForge({
    environment: request.environment,
    token: request.token ?? null,
    remoteUrl: place.remoteUrl,
    isSilent: request.isLocal === true || request.isOffline === true,
    host,
  });
  const artifacts = openArtifacts({ named, releases, isBare: head.isBare, repositoryRoot: root });
  return {
    workspace: workspaceAt(root),
    engine: duckdbEngine({ loadEngine }),
    models: onnxModelRunner({ loadEngine }),
    commands: shellCommands({ repositoryRoot: root, environment: request.environment }),
    host,
    onLine,
    repository,
    ...artifacts,
    ownsStore: named === null && artifacts.storeName !== 'release',
    head,
    readDirty: async () => (place.isRepository && !head.isBare ? readDirtyPaths(root) : []),
    forge,
    repositoryUrl,
    workflowRun: request.workflowRun ?? null,
    isLocal,
    mergePlace: head.isBare ? 'bare' : isLocal ? 'working-tree' : 'clone',
    async openReader() {
      await checkRepository();
      if (request.isOffline === true || request.isLocal === true)
        return { reader: { git: offline, ...registry }, notes: () => [] };
      const { git, notes } = rememberingStore(online, offline);
      return { reader: { git, ...registry }, notes };
    },
    async openWriter() {
      await checkRepository();
      const identity = await identityOf(root, request.identity);
      return { git: request.isLocal === true ? offline : online, ...registry, host, identity, store: null };
    },
  };
}
