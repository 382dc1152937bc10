import { eventsOf } from '@model-gitops/registry';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { Forge, GitStore } from '../ports/index.ts';
import { readLedger } from '../registry/ledger.ts';
import { productionBranch, type ReconcileWorld, reconcileWorld } from '../testing/reconcile-world.ts';
import { checkPullRequest } from './check-pull-request.ts';
import type { ReconcilePorts } from './read-facts.ts';
import { reconcile } from './reconcile.ts';

const seed = 20_261_125;

type Before = (call: string) => Promise<void>;

/** The same object, whose every method waits for `before`. */
function around<T extends object>(name: string, object: T, before: Before): T {
  const wrapped = Object.entries(object).map(([key, value]) => {
    if (typeof value === 'function')
      return [
        key,
        async (...values: unknown[]) => {
          await before(`${name}.${key}`);
          return (value as (...all: unknown[]) => unknown)(...values);
        },
      ];
    return [key, value];
  });
  return Object.fromEntries(wrapped) as T;
}

function watched(ports: ReconcilePorts, before: Before): ReconcilePorts {
  const { pullRequests, checks, comments, people, workflows } = ports.forge;
  const forge: Forge = {
    pullRequests: around('pullRequests', pullRequests, before),
    checks: around('checks', checks, before),
    comments: around('comments', comments, before),
    people: around('people', people, before),
    workflows,
  };
  return { ...ports, forge, git: around<GitStore>('git', ports.git, before) };
}

const openOf = async ({ forge }: ReconcileWorld) => forge.pullRequests.find({ state: 'open' });

/** What must hold after any history, once somebody has looked at everything. */
async function expectSettled(world: ReconcileWorld): Promise<void> {
  expect((await reconcile({ dryRun: true }, world.ports)).changes).toEqual([]);
  const open = await openOf(world);
  expect(new Set(open.map(({ head }) => head.branch)).size).toBe(open.length);
  for (const { head } of open) {
    const posted = world.forge.state.checks.filter((check) => check.head === head.commit && check.by !== 'status');
    expect(posted).toHaveLength(1);
  }
  const { comments } = world.forge.state;
  expect(new Set(comments.map(({ body }) => body)).size).toBe(comments.length);
  const merged = eventsOf((await readLedger(world.registry.git, 'fraud')).events, 'merged');
  expect(new Set(merged.map(({ commit }) => commit)).size).toBe(merged.length);
}

async function stateOf(world: ReconcileWorld) {
  const events = (await readLedger(world.registry.git, 'fraud')).events;
  const open = await openOf(world);
  return {
    staging: eventsOf(events, 'assigned').toSorted((a, b) => b.sequence - a.sequence)[0]?.version,
    open: open.map(({ title, check, files }) => ({ title, check: check?.conclusion, summary: check?.summary, files })),
  };
}

type Step = 'a' | 'b' | 'c' | 'whole' | 'one' | 'push' | 'hour';

async function take(step: Step, world: ReconcileWorld): Promise<void> {
  if (step === 'whole') await world.reconcile();
  else if (step === 'push')
    await world.forge.push('cleo', 'main', { 'notes.md': world.registry.host.now().toISOString() });
  else if (step === 'hour') world.registry.host.advance(3_600_000);
  else if (step === 'one') {
    for (const { number } of await openOf(world)) await checkPullRequest({ number, dryRun: false }, world.ports);
  } else await world.register(step);
}

it('ends the same whatever deliveries were lost, doubled or late', async () => {
  const delivery = fc.array(fc.constantFrom<Step>('whole', 'one', 'push', 'hour'), { maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(fc.array(delivery, { minLength: 3, maxLength: 3 }), async (deliveries) => {
      const world = await reconcileWorld();
      const steps = (['a', 'b', 'c'] as const).flatMap((digit, index) => [digit, ...(deliveries[index] ?? [])]);
      for (const step of steps) await take(step, world);
      await world.reconcile();
      await expectSettled(world);
      expect(await stateOf(world)).toMatchObject({
        staging: '1.0.2',
        open: [{ title: 'Promote fraud 1.0.2 to production (the first there)', check: 'failure' }],
      });
    }),
    { seed, numRuns: 15 },
  );
}, 60_000);

type Deed = Step | 'approve' | 'merge' | 'close' | 'hold' | 'unhold' | 'rollback' | 'mine' | 'revert';

async function act(deed: Deed, world: ReconcileWorld): Promise<void> {
  const [open] = await openOf(world);
  const number = open?.number ?? 900;
  const isOpen = open !== undefined;
  if (deed === 'approve' && isOpen) await world.forge.approve('ben', number);
  else if (deed === 'merge' && isOpen) await world.forge.merge('ben', number).catch(() => 'it conflicts');
  else if (deed === 'close' && isOpen) await world.forge.close(number);
  else if (deed === 'mine' && isOpen) await world.forge.push('cleo', open.head.branch, { 'README.md': 'mine' });
  else if (deed === 'hold' || deed === 'unhold') await world.command('ben', number, `/${deed}`);
  else if (deed === 'rollback') await world.command('ben', 900, '/rollback production');
  else if (deed === 'revert') await world.forge.push('cleo', 'main', { 'registry/fraud/production.yaml': null });
  else if (!['approve', 'merge', 'close', 'mine'].includes(deed)) await take(deed as Step, world);
}

it('settles after any history: applied twice is applied once', async () => {
  const deeds = fc.array(
    fc.constantFrom<Deed>(
      ...(['a', 'b', 'c', 'whole', 'one', 'approve', 'merge', 'close'] as const),
      ...(['hold', 'unhold', 'rollback', 'mine', 'revert', 'push'] as const),
    ),
    { minLength: 3, maxLength: 10 },
  );
  await fc.assert(
    fc.asyncProperty(deeds, async (history) => {
      const world = await reconcileWorld();
      await world.register('a');
      for (const deed of history) await act(deed, world);
      await world.reconcile();
      await expectSettledButComments(world);
    }),
    { seed, numRuns: 30 },
  );
}, 120_000);

/** People may ask the same thing twice, and are answered twice. */
async function expectSettledButComments(world: ReconcileWorld): Promise<void> {
  world.forge.state.comments.length = 0;
  await expectSettled(world);
}

it('is done once by two apps and an action at work at the same time', async () => {
  await fc.assert(
    fc.asyncProperty(fc.scheduler(), async (scheduler) => {
      const world = await reconcileWorld();
      await world.register('a');
      await world.reconcile();
      const [first] = await openOf(world);
      await world.forge.approve('ben', first?.number ?? 0);
      await world.register('b');
      const before: Before = async (call) => scheduler.schedule(Promise.resolve(), call);
      const processes = [{}, {}, { checkKind: 'status' as const, actor: 'github-actions[bot]' }].map((options) =>
        watched(world.another(options), before),
      );
      const done = Promise.all(processes.map((ports) => reconcile({ dryRun: false }, ports)));
      await scheduler.waitFor(done);
      world.registry.host.advance(11 * 60_000);
      await world.reconcile();
      await expectSettled(world);
      expect(await openOf(world)).toHaveLength(1);
      expect(world.forge.state.comments).toHaveLength(1);
    }),
    { seed, numRuns: 12 },
  );
}, 120_000);

it('is finished by the next one, wherever it was stopped', async () => {
  for (let calls = 0; ; calls += 1) {
    const world = await reconcileWorld();
    await world.register('a');
    let left = calls;
    const stopped = watched(world.another(), async () => {
      left -= 1;
      if (left < 0) throw new Error('stopped');
    });
    const isWhole = await reconcile({ dryRun: false }, stopped).then(
      () => true,
      () => false,
    );
    world.registry.host.advance(11 * 60_000);
    await world.reconcile();
    await expectSettled(world);
    expect(await stateOf(world)).toMatchObject({ staging: '1.0.0', open: [{ check: 'failure' }] });
    expect((await world.forge.pullRequests.find({ branches: [productionBranch] })).length).toBe(1);
    if (isWhole) break;
    expect(calls).toBeLessThan(200);
  }
}, 120_000);
