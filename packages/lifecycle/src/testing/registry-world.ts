import type { ArtifactStore, GitStore, Host } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import type { RegistryWithStore } from '../registry/ports.ts';
import type { RegistrationRequest } from '../registry/registration.ts';
import { type MemoryRepository, memoryGitStore, memoryRepository } from './memory-git-store.ts';

/** A clock that moves only when somebody sleeps; chance from a fixed seed. */
export function testHost(start = '2026-03-01T10:00:00Z'): Host & { advance(milliseconds: number): void } {
  let time = Date.parse(start);
  let state = 42;
  return {
    now: () => new Date(time),
    elapsedMs: () => time,
    sleep: async (milliseconds) => {
      time += milliseconds;
    },
    random: () => {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
      return state / 2_147_483_648;
    },
    advance: (milliseconds) => {
      time += milliseconds;
    },
  };
}

/** Bytes by digest; a path here is `memory:<sha256>` or whatever was asked for. */
function memoryArtifactStore(stored = new Set<string>()): ArtifactStore {
  return {
    seal: async () => undefined,
    listUnsealed: async () => [],
    has: async (sha256) => stored.has(sha256),
    async put({ sha256 }) {
      stored.add(sha256);
      return { uri: `memory:${sha256}` };
    },
    async fetch(sha256, toPath) {
      if (stored.has(sha256)) return { path: toPath, sha256, size: 3 };
      const problem = {
        code: 'artifact-missing',
        message: `No bytes with sha256 ${sha256}.`,
        remedy: 'Register again.',
      };
      throw new ProblemError(problem, { kind: 'refused' });
    },
  };
}

export interface RegistryWorld extends RegistryWithStore {
  readonly host: ReturnType<typeof testHost>;
  readonly repository: MemoryRepository;
  readonly head: string;
  /** Bytes that the store holds, by digest. */
  readonly stored: Set<string>;
}

/** A repository in memory with one commit on main. */
export async function registryWorld(
  open: (repository: MemoryRepository) => GitStore = (repository) => memoryGitStore({ repository }),
): Promise<RegistryWorld> {
  const repository = memoryRepository();
  const identity = { name: 'Ana', email: 'ana@example.com' };
  const author = { ...identity, date: '2026-03-01T09:00:00Z' };
  const plain = memoryGitStore({ repository });
  const head = await plain.writeObject({
    kind: 'commit',
    parents: [],
    files: { 'train.py': 'fit()\n' },
    message: 'Start\n',
    author,
  });
  await plain.moveRef('refs/heads/main', null, head);
  const stored = new Set<string>();
  return {
    git: open(repository),
    folder: 'registry',
    defaultBranch: 'main',
    host: testHost(),
    identity,
    store: memoryArtifactStore(stored),
    repository,
    head,
    stored,
  };
}

/** A registration of one file whose digest is made of one repeated hex digit. */
export function registration(
  head: string | null,
  digit: string,
  changes: Partial<RegistrationRequest> = {},
): RegistrationRequest {
  const sha256 = digit.repeat(64).slice(0, 64);
  return {
    model: 'fraud',
    config: null,
    version: null,
    evaluation: null,
    reportedMetrics: { accuracy: 0.9 },
    data: [],
    features: null,
    artifacts: [{ name: 'model.onnx', kind: 'file', format: 'onnx', path: 'model.onnx', sha256, size: 3 }],
    parameters: {},
    run: null,
    scan: { verdict: 'safe', scannerVersion: '1' },
    signature: null,
    commit: { head, dirty: [], workflowRun: null },
    dryRun: false,
    local: false,
    ...changes,
  };
}

/** Merges a promotion branch into main as `git merge --no-ff` does. */
export async function mergePromotion(
  world: RegistryWorld,
  branch: string,
  date = world.host.now().toISOString(),
): Promise<string> {
  const git = memoryGitStore({ repository: world.repository });
  const main = world.repository.refs.get('refs/heads/main') ?? '';
  const side = world.repository.refs.get(`refs/heads/${branch}`) ?? '';
  const [commit] = await git.readObjects([side]);
  const base = commit?.kind === 'commit' ? (commit.parents[0] ?? '') : '';
  const path = `registry/${branch.split('/').slice(-2).join('/')}.yaml`;
  const [blob] = await git.readObjects([`${side}:${path}`]);
  const files = { [path]: blob?.kind === 'blob' ? blob.text : null };
  const author = { ...world.identity, date };
  const id = await git.writeObject({
    kind: 'commit',
    parents: [main || base, side],
    files,
    message: `Merge ${branch}\n`,
    author,
  });
  await git.moveRef('refs/heads/main', main, id);
  return id;
}

/** A commit on main by hand. */
export async function commitOnMain(world: RegistryWorld, files: Record<string, string | null>): Promise<string> {
  const git = memoryGitStore({ repository: world.repository });
  const main = world.repository.refs.get('refs/heads/main') ?? '';
  const author = { name: 'Mallory', email: 'm@example.com', date: world.host.now().toISOString() };
  const id = await git.writeObject({ kind: 'commit', parents: [main], files, message: 'By hand\n', author });
  await git.moveRef('refs/heads/main', main, id);
  return id;
}
