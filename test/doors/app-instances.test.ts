import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from './app-process.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

let world: AppWorld;
let apps: readonly AppProcess[];
beforeAll(async () => {
  world = await createAppWorld();
  apps = await Promise.all([world.start(), world.start()]);
  await world.github.webhooks.settled();
});
afterAll(() => world.close());

const branch = 'model-gitops/promote/fraud/production';

/** How many checks of ours a head has. */
const checksOn = (commit: string) =>
  world.github.state.checkRuns.filter(({ head, name }) => head === commit && name === 'model-gitops/promotion');

it('two instances that are told everything twice, late or not at all make one pull request, and one check on its head', async () => {
  world.github.webhooks.relay({ seed: 7, drop: 0.2, double: 0.4, reorder: 0.4 });
  await world.people.push('anna', 'change', { 'train.py': 'fit(2)\n' });
  await world.people.openAs('anna', { branch: 'change', base: 'main', title: 'A change', body: '' });
  for (const digit of ['a', 'b', 'c']) await world.register(digit);
  await world.github.webhooks.settled();
  // what was lost is found by the next that is told, as a sweep would
  world.github.webhooks.relay({});
  await world.people.push('ben', 'main', { 'README.md': 'penguins\n' });
  await world.github.webhooks.settled();
  const open = await world.forge.pullRequests.find({ state: 'open' });
  const promotions = open.filter(({ head }) => head.branch === branch);
  const told = apps.map((app) => app.text()).join('\n');
  expect(promotions, told).toHaveLength(1);
  expect(promotions[0]?.title).toContain('1.0.2');
  for (const { number, check, head } of open) expect(check?.head, `#${number}\n${told}`).toBe(head.commit);
  expect(checksOn(promotions[0]?.head.commit ?? ''), told).toHaveLength(1);
  // nobody claims the check of a change that touches no registry: all that are there say the same
  const ofChange = open.find(({ head }) => head.branch === 'change')?.head.commit ?? '';
  expect(new Set(checksOn(ofChange).map(({ conclusion }) => conclusion))).toEqual(new Set(['success']));
  expect(await Promise.all(apps.map((app) => app.stop()))).toEqual([0, 0]);
});
