import { foldModel, type ModelState, type VersionRecord } from '@model-gitops/registry';
import type { RegistryReader } from '../registry/ports.ts';
import { readRegistry } from '../registry/read-registry.ts';

export type Champions = Readonly<Record<string, VersionRecord | null>>;

/** The version that each environment wants, by environment; null where it wants none. */
export function championsOf({ environments, versions }: ModelState): Champions {
  return Object.fromEntries(
    environments.map(({ environment, wanted }) => [
      environment,
      versions.find(({ version }) => version === wanted)?.record ?? null,
    ]),
  );
}

/** What a candidate is compared with. */
export async function readChampions(reader: RegistryReader, model: string): Promise<Champions> {
  const { facts } = await readRegistry(reader);
  return championsOf(foldModel(facts, model));
}
