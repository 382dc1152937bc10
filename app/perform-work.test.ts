import type { ArtifactStore, ReconcilePorts } from '@model-gitops/lifecycle';
import { expect, it } from 'vitest';
import { performWith } from './perform-work.ts';
import type { Place } from './work.ts';

const place: Place = { owner: 'acme', name: 'fraud', installation: 1, defaultBranch: 'main', url: null };

/** The store that an errand is done with. */
async function storeOf(askedBy: readonly string[]): Promise<unknown> {
  const ports = { store: { has: async () => false } as unknown as ArtifactStore } as ReconcilePorts;
  const given: ReconcilePorts[] = [];
  const perform = performWith({
    repositories: { open: async () => ports, forget: () => undefined },
    run: async (_errand, taken) => {
      given.push(taken);
      return { schema: 'model-gitops/reconcile/1', outcome: 'pass', changes: [], applied: false, notes: [] };
    },
    health: { saw: () => undefined },
    log: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
    elapsedMs: () => 0,
  });
  await perform({ place, errand: { kind: 'repository' }, isFresh: false, askedBy });
  return given.map(({ store }) => store === ports.store);
}

it('looks for registrations that stopped in the sweep alone: an event takes no call for them', async () => {
  expect(await storeOf(['sweep'])).toEqual([true]);
  expect(await storeOf(['72d3162e', 'sweep'])).toEqual([true]);
  expect(await storeOf(['72d3162e'])).toEqual([false]);
});
