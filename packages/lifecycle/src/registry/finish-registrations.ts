import { renderTagName } from '@model-gitops/registry';
import type { RegistryWithStore } from './ports.ts';
import { readVersions } from './read-registry.ts';

/**
 * Seals what was put for versions that have their tag: somebody was stopped between the two, and did not come again.
 * Answers the tags. One call of the store where nothing waits.
 */
export async function finishRegistrations({
  git,
  store,
}: Pick<RegistryWithStore, 'git' | 'store'>): Promise<readonly string[]> {
  const waiting = (await store?.listUnsealed()) ?? [];
  if (store === null || waiting.length === 0) return [];
  const tags: string[] = [];
  for (const { record } of await readVersions(git, null)) {
    if (record === null) continue;
    const { model, operation, version } = record;
    if (!waiting.some((one) => one.model === model && one.operation === operation)) continue;
    const tag = renderTagName(model, version);
    await store.seal({ model, operation, tag });
    tags.push(tag);
  }
  return tags;
}
