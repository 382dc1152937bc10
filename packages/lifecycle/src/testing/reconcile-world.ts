import type { ReconcileDocument } from '../reconcile/changes.ts';
import { obeyComment } from '../reconcile/obey-comment.ts';
import type { ReconcilePorts } from '../reconcile/read-facts.ts';
import { reconcile } from '../reconcile/reconcile.ts';
import { registerModel } from '../registry/register-model.ts';
import { type MemoryForge, type MemoryForgeOptions, memoryForge } from './memory-forge.ts';
import { type RegistryWorld, registration, registryWorld } from './registry-world.ts';

export const productionBranch = 'model-gitops/promote/fraud/production';

/** Smallest configuration with the three usual environments. `gates` and `soak` as they stand in model.yaml. */
export function modelYaml({ gates = '[metrics.accuracy > 0.5]', soak = '' } = {}): string {
  return [
    'name: fraud',
    'data: { test: data/test.csv }',
    'model: model.onnx',
    `gates: ${gates}`,
    'environments:',
    '  staging: { approval: none }',
    `  production: { approval: pull-request, after: staging${soak === '' ? '' : `, soak: ${soak}`} }`,
    '',
  ].join('\n');
}

export interface ReconcileWorld {
  readonly registry: RegistryWorld;
  readonly forge: MemoryForge;
  readonly ports: ReconcilePorts;
  /** Another process at the same repository and forge. */
  another(options?: Partial<MemoryForgeOptions>): ReconcilePorts;
  register(digit: string, changes?: Parameters<typeof registration>[2]): Promise<void>;
  reconcile(): Promise<ReconcileDocument>;
  /** A comment, and what obeying it answers. */
  command(
    login: string,
    number: number,
    body: string,
  ): Promise<{ readonly id: number; readonly answer: ReconcileDocument }>;
}

/** People, a default branch with a model.yaml, and a forge; anna brought the first commit. */
export async function reconcileWorld(
  files: Readonly<Record<string, string>> = { 'models/fraud/model.yaml': modelYaml() },
  options: Partial<MemoryForgeOptions> = {},
): Promise<ReconcileWorld> {
  const registry = await registryWorld();
  const { repository, host } = registry;
  const forge = memoryForge({ repository, host, ...options });
  const bot = { name: 'model-gitops[bot]', email: 'bot@example.com' };
  await forge.addPerson('model-gitops[bot]', 'write', bot.email);
  for (const login of ['anna', 'ben', 'cleo']) await forge.addPerson(login, 'write');
  await forge.addPerson('reader', 'read');
  await forge.push('anna', 'main', files, 'Configure\n');
  const portsOf = (one: MemoryForge): ReconcilePorts => ({
    git: registry.git,
    folder: registry.folder,
    defaultBranch: registry.defaultBranch,
    host,
    identity: bot,
    forge: one,
    repositoryUrl: 'https://github.com/acme/fraud',
  });
  const ports = portsOf(forge);
  return {
    registry,
    forge,
    ports,
    another: (more = {}) => portsOf(memoryForge({ repository, host, state: forge.state, ...more })),
    async register(digit, changes = {}) {
      host.advance(60_000);
      const head = repository.refs.get('refs/heads/main') ?? '';
      await registerModel(registration(head, digit, changes), registry);
    },
    reconcile: () => reconcile({ dryRun: false }, ports),
    async command(login, number, body) {
      const { id } = await forge.comment(login, number, body);
      const author = { login, isBot: login.endsWith('[bot]') };
      return { id, answer: await obeyComment({ number, commentId: id, author, body, dryRun: false }, ports) };
    },
  };
}
