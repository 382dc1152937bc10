import { expect, it } from 'vitest';
import type { ArtifactStore } from '../ports/index.ts';
import { ProblemError } from '../problem.ts';
import { reconcileWorld } from '../testing/reconcile-world.ts';
import { runErrand } from './run-errand.ts';

type Sealed = Parameters<ArtifactStore['seal']>[0];

/** A repository with a version whose registration never came to seal its bytes, and a store that says so. */
async function openWorld(seal: (owner: Sealed) => Promise<void>) {
  const world = await reconcileWorld();
  let operation = '';
  const plain = world.registry.store as ArtifactStore;
  const watched: ArtifactStore = {
    ...plain,
    seal: async (owner) => {
      operation = owner.operation;
    },
  };
  Object.assign(world.registry, { store: watched });
  await world.register('a');
  const unknown = { model: 'fraud', operation: 'of a registration that is under way' };
  const listUnsealed = async () => [unknown, { model: 'fraud', operation }, { model: 'churn', operation }];
  const store = { ...plain, seal, listUnsealed };
  return { ports: { ...world.ports, store }, operation };
}

const whole = { kind: 'repository' } as const;

it('finishes registrations that stopped, when it looks at the whole repository', async () => {
  const sealed: Sealed[] = [];
  const { ports, operation } = await openWorld(async (owner) => void sealed.push(owner));
  const document = await runErrand(whole, { dryRun: false }, ports);
  expect(sealed).toEqual([{ model: 'fraud', operation, tag: 'fraud@v1.0.0' }]);
  expect(document).toMatchObject({ outcome: 'pass', applied: true });
  expect(document.notes.join()).toContain('the registration of fraud@v1.0.0 had stopped on the way');
});

it('seals nothing in a dry run, for a single pull request, or without a store', async () => {
  const { ports } = await openWorld(async () => expect.unreachable('sealed'));
  await runErrand(whole, { dryRun: true }, ports);
  await runErrand(whole, { dryRun: false }, { ...ports, store: null });
  const pull = { kind: 'pull-request', number: 7, postOn: null } as const;
  await runErrand(pull, { dryRun: false }, ports).catch((thrown) => expect(thrown).toBeInstanceOf(ProblemError));
});

it('still tells what it did where the store fails', async () => {
  const problem = { code: 'forge-refused', message: 'GitHub refused.', remedy: 'Delete the draft.' };
  const { ports } = await openWorld(async () => {
    throw new ProblemError(problem);
  });
  const document = await runErrand(whole, { dryRun: false }, ports);
  expect(document).toMatchObject({ outcome: 'fail', applied: true });
  expect(document.changes.length).toBeGreaterThan(0);
  expect(document.notes).toContain('GitHub refused. Delete the draft.');
});
