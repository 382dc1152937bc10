import { describe, expect, it } from 'vitest';
import { rollbackModel } from '../registry/promote-model.ts';
import { evaluated } from '../testing/evaluated.ts';
import { modelYaml, productionBranch, type ReconcileWorld, reconcileWorld } from '../testing/reconcile-world.ts';
import { checkPullRequest } from './check-pull-request.ts';

const check = ({ ports }: ReconcileWorld, number: number, postOn?: string) =>
  checkPullRequest({ number, dryRun: false, postOn }, ports);

async function one({ forge }: ReconcileWorld, number: number) {
  const [found] = await forge.pullRequests.find({ number });
  if (found === undefined) throw new Error('there is no such pull request');
  return found;
}

async function withChange(files: Record<string, string>): Promise<{ world: ReconcileWorld; number: number }> {
  const world = await reconcileWorld();
  await world.forge.push('anna', 'work', files);
  const number = await world.forge.openAs('anna', { branch: 'work', base: 'main', title: 'Work', body: '' });
  world.forge.calls.length = 0;
  return { world, number };
}

describe('a pull request that leaves the registry alone', () => {
  it('costs one read and one post, and then only the read', async () => {
    const { world, number } = await withChange({ 'train.py': 'fit(2)\n' });
    await check(world, number);
    expect(world.forge.calls).toEqual(['pullRequests.find', 'checks.post']);
    expect((await one(world, number)).check).toMatchObject({ conclusion: 'success', title: 'No registry change' });
    world.forge.calls.length = 0;
    expect((await check(world, number)).changes).toEqual([]);
    expect(world.forge.calls).toEqual(['pullRequests.find']);
  });

  it('gets its check on the head of a merge group too', async () => {
    const { world, number } = await withChange({ 'train.py': 'fit(2)\n' });
    const group = await world.forge.push('anna', 'gh-readonly-queue/main/pr-1', { 'train.py': 'fit(2)\n' });
    await check(world, number, group);
    expect(world.forge.state.checks.map(({ head, conclusion }) => [head, conclusion])).toEqual([
      [(await one(world, number)).head.commit, 'success'],
      [group, 'success'],
    ]);
  });

  it('has no status where there is no app', async () => {
    const world = await reconcileWorld(undefined, { checkKind: 'status' });
    await world.forge.push('anna', 'work', { 'train.py': 'fit(2)\n' });
    const number = await world.forge.openAs('anna', { branch: 'work', base: 'main', title: 'Work', body: '' });
    await check(world, number);
    expect(world.forge.state.checks).toEqual([]);
  });

  it('is only planned in a dry run', async () => {
    const { world, number } = await withChange({ 'train.py': 'fit(2)\n' });
    const { changes, applied } = await checkPullRequest({ number, dryRun: true }, world.ports);
    expect([changes.length, applied, world.forge.state.checks]).toEqual([1, false, []]);
  });
});

describe('a pull request that touches the registry', () => {
  it('is refused from any other branch', async () => {
    const { world, number } = await withChange({ 'registry/fraud/production.yaml': 'x' });
    await check(world, number);
    expect((await one(world, number)).check).toMatchObject({ conclusion: 'failure' });
    expect(world.forge.calls).toEqual(['pullRequests.find', 'checks.post', 'pullRequests.find']);
  });

  it('is refused from a fork, whatever its branch is called, and nothing else happens', async () => {
    const world = await reconcileWorld();
    await world.register('a');
    const before = new Map(world.registry.repository.refs);
    const number = await world.forge.openFromFork('mallory', {
      branch: productionBranch,
      base: 'main',
      title: 'Promote',
      body: '',
      files: { 'registry/fraud/production.yaml': 'version: 1.0.0\n' },
    });
    await check(world, number);
    expect((await one(world, number)).check).toMatchObject({ conclusion: 'failure' });
    expect(world.registry.repository.refs).toEqual(before);
    await world.reconcile();
    expect((await one(world, number)).check?.conclusion).toBe('failure');
    expect(
      world.forge.state.checks.filter(({ head }) => head === world.forge.state.pullRequests[0]?.head),
    ).toHaveLength(1);
  });
});

describe('a promotion', () => {
  async function proposed() {
    const world = await reconcileWorld();
    await world.register('a');
    await world.reconcile();
    const [promotion] = await world.forge.pullRequests.find({ branches: [productionBranch] });
    return { world, number: promotion?.number ?? 0, head: promotion?.head.commit ?? '' };
  }

  it('is brought up to date alone: other pull requests are not asked for', async () => {
    const { world, number } = await proposed();
    await world.forge.approve('ben', number);
    world.forge.calls.length = 0;
    await check(world, number);
    expect((await one(world, number)).check?.conclusion).toBe('success');
    expect(world.forge.calls.filter((call) => call === 'checks.post')).toHaveLength(1);
  });

  it('is judged on the head of a merge group as it stands then', async () => {
    const { world, number, head } = await proposed();
    const group = await world.forge.push('ben', 'gh-readonly-queue/main/pr-2', { 'a.txt': 'x' });
    await world.forge.approve('ben', number);
    await check(world, number, group);
    await check(world, number, group);
    expect(world.forge.state.checks.map((one) => [one.head, one.conclusion])).toEqual([
      [head, 'success'],
      [group, 'success'],
    ]);
  });

  it('by hand, on its own branch, gets one check, and its author does not approve it', async () => {
    const { world, number } = await proposed();
    await world.forge.merge('ben', number);
    await world.register('b', { reportedMetrics: { accuracy: 0.1 } });
    await world.reconcile();
    const version = (await world.registry.git.readRefs('refs/tags/fraud@v1.0.1'))[0];
    expect(version).toBeDefined();
    await world.forge.push('cleo', productionBranch, { 'registry/fraud/production.yaml': 'version: 9.9.9\n' });
    const byHand = await world.forge.openAs('cleo', {
      branch: productionBranch,
      base: 'main',
      title: 'By hand',
      body: 'mine',
    });
    await check(world, byHand);
    await world.forge.approve('ben', byHand);
    await check(world, byHand);
    const { title, body, check: posted, head } = await one(world, byHand);
    expect([title, body]).toEqual(['By hand', 'mine']);
    expect(posted).toMatchObject({ head: head.commit, conclusion: 'failure' });
    expect(world.forge.state.checks.filter((other) => other.head === head.commit)).toHaveLength(1);
  });

  it('whose edited body lies is judged by its commit', async () => {
    const { world, number } = await proposed();
    await world.forge.approve('ben', number);
    const { body } = await one(world, number);
    await world.forge.pullRequests.edit(number, {
      title: 'Promote fraud 9.9.9',
      body: body.replaceAll('1.0.0', '9.9.9'),
    });
    await check(world, number);
    expect((await one(world, number)).title).toBe('Promote fraud 1.0.0 to production (the first there)');
    expect((await one(world, number)).check?.conclusion).toBe('success');
  });

  it('that was merged is witnessed', async () => {
    const { world, number } = await proposed();
    await world.forge.approve('ben', number);
    await world.forge.merge('ben', number);
    expect((await check(world, number)).changes.map(({ kind }) => kind)).toEqual(['record-merge']);
  });

  it('of a rollback asks no gates', async () => {
    const { world, number } = await proposed();
    await world.forge.merge('ben', number);
    await world.register('b');
    await world.reconcile();
    const [next] = await world.forge.pullRequests.find({ branches: [productionBranch] });
    await world.forge.merge('ben', next?.number ?? 0);
    await world.forge.push('anna', 'main', { 'models/fraud/model.yaml': 'broken: [' });
    const ask = { model: 'fraud', config: null, environment: 'production', dryRun: false, local: false };
    await rollbackModel({ ...ask, requestedBy: 'anna' }, world.registry);
    await world.reconcile();
    const [back] = await world.forge.pullRequests.find({ branches: [productionBranch] });
    await world.forge.approve('ben', back?.number ?? 0);
    await world.reconcile();
    expect((await one(world, back?.number ?? 0)).check).toMatchObject({ conclusion: 'success' });
  });

  it('is judged by the gates that the default branch has now, not by those that its record tells of', async () => {
    const world = await reconcileWorld();
    await world.register('a', { evaluation: evaluated(true) });
    await world.reconcile();
    const [promotion] = await world.forge.pullRequests.find({ branches: [productionBranch] });
    const number = promotion?.number ?? 0;
    await world.forge.approve('ben', number);
    await world.forge.push('anna', 'main', {
      'models/fraud/model.yaml': modelYaml({ gates: '[metrics.accuracy > 0.99]' }),
    });
    await check(world, number);
    const posted = (await one(world, number)).check;
    expect(posted).toMatchObject({ conclusion: 'failure', title: expect.stringContaining('gates') });
    expect(posted?.summary).toContain('metrics.accuracy > 0.99');
  });

  it('is red while the configuration of the default branch cannot be read', async () => {
    const { world, number } = await proposed();
    await world.forge.approve('ben', number);
    await world.forge.push('anna', 'main', { 'models/fraud/model.yaml': 'broken: [' });
    await check(world, number);
    const posted = (await one(world, number)).check;
    expect(posted).toMatchObject({ conclusion: 'failure', title: expect.stringContaining('gates') });
  });
});

it('says so where there is no such pull request', async () => {
  const world = await reconcileWorld();
  expect((await check(world, 77)).notes).toEqual(['there is no pull request 77']);
});
