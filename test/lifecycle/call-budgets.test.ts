import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTown, type PromotionWorld, type Town } from './promotion-world.ts';

let town: Town;
let world: PromotionWorld;
beforeAll(async () => {
  town = await createTown();
  world = await town.openRepository();
  await town.startApp();
  // warm: the app has seen the repository with a version that was promoted
  await world.register('a');
  await town.settled();
  await promote();
});
afterAll(() => town.close());

/** What the app asked GitHub for, in order. */
const callsOfApp = () =>
  town.github.requests.all.filter(({ actor }) => actor === 'model-gitops[bot]').map(({ route }) => route);

async function callsDuring(act: () => Promise<unknown>): Promise<readonly string[]> {
  await town.settled();
  town.github.requests.reset();
  await act();
  await town.settled();
  return callsOfApp();
}

/** What a workflow does is told once it ended: how quick it is must not decide how often the app looks. */
async function registerUnheard(digit: string): Promise<string> {
  town.github.webhooks.hold();
  const version = await world.register(digit);
  town.github.webhooks.release();
  return version;
}

/** Ben approves the open promotion, and merges it. */
async function promote(): Promise<void> {
  const [open] = await world.promotions();
  if (open?.state !== 'open') throw new Error('there is no promotion to merge');
  await world.people.approve('ben', open.number);
  await town.settled();
  await world.people.merge('ben', open.number);
  await town.settled();
}

it('registers a version with at most 12 calls', async () => {
  await town.settled();
  town.github.requests.reset();
  town.github.webhooks.hold();
  expect(await world.register('b')).toBe('1.0.1');
  const calls = town.github.requests.all.map(({ route }) => route);
  town.github.webhooks.release();
  await town.settled();
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(12);
  await promote();
});

it('proposes a version with at most 15 calls, from the event of its tag to the check on its pull request', async () => {
  const calls = await callsDuring(() => registerUnheard('c'));
  const [open] = await world.promotions();
  expect(open).toMatchObject({ state: 'open', check: { conclusion: 'failure' } });
  expect(open?.check?.head).toBe(open?.head.commit);
  expect(open?.title).toContain('1.0.2');
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(15);
});

it('takes an approval into account with at most 15 calls', async () => {
  const [open] = await world.promotions();
  const calls = await callsDuring(() => world.people.approve('ben', open?.number ?? 0));
  expect((await world.promotions())[0]?.check?.conclusion).toBe('success');
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(15);
});

it('records a merge with at most 15 calls', async () => {
  const [open] = await world.promotions();
  const calls = await callsDuring(() => world.people.merge('ben', open?.number ?? 0));
  const merged = (await world.events('merged')).find(({ pullRequest }) => pullRequest === open?.number);
  expect(merged).toMatchObject({ version: '1.0.2', approvals: ['ben'], merger: 'ben' });
  expect(calls.length, calls.join('\n')).toBeLessThanOrEqual(15);
});

const check = ['query FindPullRequest', 'POST /repos/{owner}/{repo}/check-runs'];

it('checks a pull request that touches no registry with 2 calls, at each head, and a review of it with 1', async () => {
  let number = 0;
  const change = { branch: 'change', base: 'main', title: 'A change', body: '' };
  await world.people.push('anna', 'change', { 'train.py': 'fit(2)\n' });
  const opened = await callsDuring(async () => {
    number = await world.people.openAs('anna', change);
  });
  expect(opened).toEqual(check);
  expect(await callsDuring(() => world.people.push('anna', 'change', { 'train.py': 'fit(3)\n' }))).toEqual(check);
  expect(await callsDuring(() => world.people.approve('ben', number))).toEqual(check.slice(0, 1));
  const { check: posted, head } = await world.pullRequest(number);
  expect(posted).toMatchObject({ conclusion: 'success', head: head.commit });
});
