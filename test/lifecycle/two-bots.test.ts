import { appendEvents, ProblemError } from '@model-gitops/lifecycle';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningApp } from '../../app/start-app.ts';
import { recordedRun } from '../contracts/github-repository.ts';
import { git } from '../contracts/scratch-git.ts';
import { createTown, type PromotionWorld, type Town } from './promotion-world.ts';

let town: Town;
let apps: readonly RunningApp[];
beforeAll(async () => {
  town = await createTown();
  apps = [await town.startApp(), await town.startApp()];
});
afterAll(() => town.close());

const ledger = 'refs/heads/model-gitops/ledger';

/** Everybody looks at once: both instances of the app, and the action with its workflow's token. */
async function everybodyLooks(world: PromotionWorld): Promise<void> {
  await Promise.all([...apps.map((app) => app.sweep()), world.reconcile()]);
  await town.settled();
}

/** What must hold wherever the story stands. */
async function expectSound(world: PromotionWorld): Promise<void> {
  const folder = town.github.gitFolder(world.name);
  expect(git(folder, 'rev-list', '--merges', '--count', ledger)).toBe('0');
  const { problems } = await world.readLedger();
  expect(problems).toEqual([]);
  const requested = (await world.events('promotion-requested')).map(({ commit }) => commit);
  expect(new Set(requested).size, 'one request a head').toBe(requested.length);
  for (const head of requested) expect(world.checksOn(head), `checks on ${head}`).toBeLessThanOrEqual(1);
  const promotions = await world.promotions();
  for (const { number, head, check, state } of promotions)
    if (state === 'open') {
      expect(world.checksOn(head.commit), `checks of #${number}`).toBe(1);
      expect(check?.head).toBe(head.commit);
      expect(requested).toContain(head.commit);
    }
}

/** Versions, an approval and a merge, with both apps and an action at work all the time. Answers what was promoted. */
async function play(world: PromotionWorld): Promise<string> {
  for (const digit of ['a', 'b']) await Promise.all([world.register(digit), world.reconcile()]);
  await everybodyLooks(world);
  await expectSound(world);
  const [open, ...older] = await world.promotions();
  expect(older).toEqual([]);
  expect(open).toMatchObject({ state: 'open', check: { conclusion: 'failure' } });
  const number = open?.number ?? 0;
  await Promise.all([world.people.approve('ben', number), world.reconcile()]);
  await everybodyLooks(world);
  expect((await world.pullRequest(number)).check?.conclusion).toBe('success');
  await Promise.all([world.people.merge('ben', number), world.reconcile()]);
  await everybodyLooks(world);
  await expectSound(world);
  const merged = await world.events('merged');
  expect(merged).toHaveLength(1);
  expect(merged[0]).toMatchObject({ pullRequest: number, approvals: ['ben'], merger: 'ben', head: open?.head.commit });
  expect(await world.promotions()).toHaveLength(1);
  expect(await world.pull()).toMatchObject({ approved: true });
  expect((await world.verify()).findings).toEqual([]);
  return merged[0]?.version ?? '';
}

describe('two apps and one action at once', () => {
  const relays = [
    { seed: 12, double: 0.6, reorder: 0.5 },
    { seed: 13, drop: 0.4, double: 0.3, reorder: 0.3 },
    { seed: 14, drop: 1 },
  ];
  it.each(relays)(
    'make one pull request and one check a head, told by relay %o',
    async (relay) => {
      const world = await town.openRepository();
      town.github.webhooks.relay(relay);
      try {
        expect(await play(world)).toBe('1.0.1');
      } finally {
        town.github.webhooks.relay({});
      }
    },
    120_000,
  );
});

const writerCount = 16;

it(`${writerCount} writers append while the apps and an action work: no event is lost, none is there twice`, async () => {
  const world = await town.openRepository();
  const folder = town.github.gitFolder(world.name);
  const append = async (index: number): Promise<readonly string[]> => {
    try {
      const ports = world.portsOf(town.github.createToken(index % 2 === 0 ? 'ben' : 'cyd'));
      return (await appendEvents([recordedRun(`w${index}-a`), recordedRun(`w${index}-b`)], ports)).written.map(
        ({ id }) => id,
      );
    } catch (thrown) {
      if (thrown instanceof ProblemError && thrown.problems[0]?.code === 'contention') return [];
      throw thrown;
    }
  };
  const writers = Array.from({ length: writerCount }, (_, index) => append(index));
  const [accepted] = await Promise.all([Promise.all(writers), play(world)]);
  const { events } = await world.readLedger();
  const ids = events.map(({ model, id }) => `${model} ${id}`);
  expect(new Set(ids).size).toBe(ids.length);
  const runs = events.filter(({ kind }) => kind === 'run-recorded').map(({ id }) => id);
  expect(runs.toSorted()).toEqual(accepted.flat().toSorted());
  expect(accepted.flat().length).toBeGreaterThan(0);
  git(folder, 'fsck', '--strict');
}, 180_000);

it('each instance hears every second delivery, as behind a balancer: one check a head, of every pull request', async () => {
  const world = await town.openRepository();
  // both were told of the repository, and have looked at it
  await town.settled();
  await world.people.push('anna', 'change', { 'train.py': 'fit(2)\n' });
  const change = { branch: 'change', base: 'main', title: 'A change', body: '' };
  town.github.setWebhookUrl(town.keys, null);
  const number = await world.people.openAs('anna', change);
  await town.settled();
  const { head, check } = await world.pullRequest(number);
  expect(check).toMatchObject({ conclusion: 'success', head: head.commit });
  expect(world.checksOn(head.commit)).toBe(1);
  await everybodyLooks(world);
  expect(world.checksOn(head.commit)).toBe(1);
  town.github.setWebhookUrl(town.keys, `${apps[0]?.url}/api/github/webhooks`);
});
