import { expect, it } from 'vitest';
import { productionBranch, reconcileWorld } from '../testing/reconcile-world.ts';
import { reconcile } from './reconcile.ts';

const actions = { checkKind: 'status', actor: 'github-actions[bot]' } as const;

it('the status of an action takes nothing of the check of an app: each keeps its own, of one pull request', async () => {
  const world = await reconcileWorld();
  await world.forge.addPerson(actions.actor, 'write');
  const action = world.another(actions);
  await world.register('a');
  await reconcile({ dryRun: false }, action);
  await world.reconcile();
  const [ofApp, ...others] = await world.forge.pullRequests.find({ branches: [productionBranch] });
  const [ofAction] = await action.forge.pullRequests.find({ branches: [productionBranch] });
  expect(others).toEqual([]);
  for (const pullRequest of [ofApp, ofAction])
    expect(pullRequest?.check).toMatchObject({ conclusion: 'failure', head: ofApp?.head.commit });
});

it('a merge that the default branch does not show yet is not proposed again', async () => {
  const world = await reconcileWorld();
  await world.register('a');
  await world.reconcile();
  const [open] = await world.forge.pullRequests.find({ branches: [productionBranch] });
  const number = open?.number ?? 0;
  await world.forge.approve('ben', number);
  const { git } = world.ports;
  let isRead = false;
  // it merges between the look at the branches and the look at the pull requests
  const behind = {
    ...world.ports,
    // whose commits are others, as those are that GitHub signs at another time
    identity: { name: 'another[bot]', email: 'another@example.com' },
    git: {
      ...git,
      async readRefs(prefix: string) {
        const refs = await git.readRefs(prefix);
        if (prefix === 'refs/heads/' && !isRead) {
          isRead = true;
          await world.forge.merge('ben', number);
        }
        return refs;
      },
    },
  };
  expect((await reconcile({ dryRun: false }, behind)).changes).toEqual([]);
  expect((await world.reconcile()).changes.map(({ kind }) => kind)).toEqual(['record-merge']);
  expect(await world.forge.pullRequests.find({ branches: [productionBranch] })).toHaveLength(1);
});
