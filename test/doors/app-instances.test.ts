import { afterAll, beforeAll, expect, it } from 'vitest';
import type { AppProcess } from './app-process.ts';
import { type AppWorld, createAppWorld } from './app-world.ts';

let world: AppWorld;
let apps: readonly AppProcess[];
beforeAll(async () => {
  world = await createAppWorld();
  apps = await Promise.all([world.start(), world.start()]);
  await world.town.settled();
});
afterAll(() => world.close());

const branch = 'model-gitops/promote/fraud/production';

/** How many checks of ours a head has. */
const checksOn = (commit: string) =>
  world.town.github.state.checkRuns.filter(({ head, name }) => head === commit && name === 'model-gitops/promotion');

it('two instances that are told everything twice, late or not at all make one pull request, and one check on its head', async () => {
  world.town.github.webhooks.relay({ seed: 7, drop: 0.2, double: 0.4, reorder: 0.4 });
  await world.repository.people.push('anna', 'change', { 'train.py': 'fit(2)\n' });
  await world.repository.people.openAs('anna', { branch: 'change', base: 'main', title: 'A change', body: '' });
  for (const digit of ['a', 'b', 'c']) await world.repository.register(digit);
  await world.town.settled();
  // what was lost is found by the next that is told, as a sweep would
  world.town.github.webhooks.relay({});
  await world.repository.people.push('ben', 'main', { 'README.md': 'penguins\n' });
  await world.town.settled();
  const open = await world.repository.forge.pullRequests.find({ state: 'open' });
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
