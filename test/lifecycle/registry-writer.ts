import { gitStore, readHead, readIdentity } from '@model-gitops/git';
import {
  type ArtifactStore,
  appendEvents,
  type RegistrationRequest,
  type RegistryWithStore,
  registerModel,
} from '@model-gitops/lifecycle';
import { digestOfText, type LedgerEvent } from '@model-gitops/registry';

/** The bytes are not what these tests are about: a store that takes everything. */
const anyStore: ArtifactStore = {
  has: async () => true,
  put: async ({ sha256 }) => ({ uri: `dir:${sha256}` }),
  fetch: async (sha256, path) => ({ path, sha256, size: 1 }),
  seal: async () => undefined,
  listUnsealed: async () => [],
};

/** A writer as the command line wires it: the real clock, real chance, the git command. */
export async function openWriter(
  repository: string,
  remote: string | null,
): Promise<RegistryWithStore & { readonly head: string | null }> {
  const { commit, defaultBranch } = await readHead(repository);
  const host = {
    now: () => new Date(),
    elapsedMs: () => performance.now(),
    sleep: (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds)),
    random: Math.random,
  };
  return {
    git: gitStore({ repository, remote }),
    folder: 'registry',
    defaultBranch,
    host,
    identity: await readIdentity(repository),
    store: anyStore,
    head: commit,
  };
}

/** A registration of one file whose digest is that of `content`. */
export function requestFor(
  head: string | null,
  model: string,
  content: string,
  changes: Partial<RegistrationRequest> = {},
): RegistrationRequest {
  return {
    model,
    config: null,
    version: null,
    evaluation: null,
    reportedMetrics: { accuracy: 0.9 },
    data: [],
    features: null,
    artifacts: [
      {
        name: 'model.onnx',
        kind: 'file',
        format: 'onnx',
        path: 'model.onnx',
        sha256: digestOfText(content),
        size: content.length,
      },
    ],
    parameters: {},
    run: null,
    scan: null,
    signature: null,
    commit: { head, dirty: [], workflowRun: null },
    dryRun: false,
    local: false,
    ...changes,
  };
}

async function append(writer: RegistryWithStore, name: string): Promise<void> {
  const event: LedgerEvent = {
    schema: 'model-gitops/event/1',
    kind: 'run-recorded',
    id: `run-recorded-${name}`,
    model: 'fraud',
    at: '2026-03-01T10:00:00Z',
    key: name,
    run: { id: name, key: name },
  };
  await appendEvents([event], writer);
}

/** `registry-writer.ts <clone> register|append <writer's name> <count>`: one process of the concurrency tests; prints each version or event as it is written. */
async function main([repository = '', what, name = '', count = '0']: readonly string[]): Promise<void> {
  const writer = await openWriter(repository, 'origin');
  for (let n = 0; n < Number(count); n += 1) {
    if (what === 'append') await append(writer, `${name}-${n}`);
    const answer =
      what === 'register' ? await registerModel(requestFor(writer.head, 'fraud', `${name}-${n}`), writer) : null;
    process.stdout.write(
      `${JSON.stringify({ name: `${name}-${n}`, version: answer?.version ?? null, created: answer?.created ?? null })}\n`,
    );
  }
}

if (process.argv[1]?.endsWith('registry-writer.ts')) await main(process.argv.slice(2));
