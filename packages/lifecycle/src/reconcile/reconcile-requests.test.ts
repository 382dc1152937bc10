import { eventsOf } from '@model-gitops/registry';
import { describe, expect, it } from 'vitest';
import { ProblemError } from '../problem.ts';
import { readLedger } from '../registry/ledger.ts';
import { promoteModel, rollbackModel } from '../registry/promote-model.ts';
import { modelYaml, productionBranch, type ReconcileWorld, reconcileWorld } from '../testing/reconcile-world.ts';
import { reconcile } from './reconcile.ts';

const ask = { model: 'fraud', config: null, environment: 'production', dryRun: false, local: false };

async function newest({ forge }: ReconcileWorld, branch = productionBranch) {
  const [found] = await forge.pullRequests.find({ branches: [branch] });
  if (found === undefined) throw new Error('there is no promotion');
  return found;
}

async function inProduction(): Promise<ReconcileWorld> {
  const world = await reconcileWorld();
  await world.register('a');
  await world.reconcile();
  await world.forge.merge('ben', (await newest(world)).number);
  await world.reconcile();
  return world;
}

describe('what a person asked for', () => {
  it('stays although a version is newer that was there when they asked', async () => {
    const world = await inProduction();
    await world.register('b');
    await world.register('c');
    world.registry.host.advance(60_000);
    await promoteModel({ ...ask, version: '1.0.1', requestedBy: 'cleo' }, world.registry);
    await world.reconcile();
    expect((await newest(world)).title).toContain('Promote fraud 1.0.1');
    await world.register('d');
    await world.reconcile();
    expect((await newest(world)).title).toContain('Promote fraud 1.0.3');
  });

  it('is no promotion that moves on where it is a rollback', async () => {
    const world = await inProduction();
    await world.register('b');
    await world.reconcile();
    await world.forge.merge('ben', (await newest(world)).number);
    await world.reconcile();
    await rollbackModel({ ...ask, requestedBy: 'cleo' }, world.registry);
    await world.reconcile();
    await world.register('c');
    await world.reconcile();
    expect((await newest(world)).title).toBe('Roll back fraud in production to 1.0.0 (from 1.0.1)');
  });

  it('is made anew in their name where the pointer moved', async () => {
    const world = await inProduction();
    await world.register('b');
    await promoteModel({ ...ask, version: '1.0.1', requestedBy: 'cleo' }, world.registry);
    await world.reconcile();
    await world.forge.push('ben', 'main', { 'registry/fraud/production.yaml': null });
    await world.reconcile();
    const { number, head, title } = await newest(world);
    expect(title).toBe('Promote fraud 1.0.1 to production (the first there)');
    const requests = eventsOf((await readLedger(world.registry.git, 'fraud')).events, 'promotion-requested');
    expect(requests.find(({ commit }) => commit === head.commit)).toMatchObject({ requestedBy: 'cleo' });
    await world.forge.approve('cleo', number);
    await world.reconcile();
    expect((await newest(world)).check?.conclusion).toBe('failure');
  });
});

describe('a branch that nobody asked for', () => {
  it('is left alone and told of; nothing is proposed over it', async () => {
    const world = await reconcileWorld();
    const tip = await world.forge.push('cleo', productionBranch, { 'registry/fraud/production.yaml': 'version: 1\n' });
    await world.register('a');
    const { notes } = await world.reconcile();
    expect(notes).toEqual([expect.stringContaining(`${productionBranch} has commits that nobody asked for`)]);
    expect(world.registry.repository.refs.get(`refs/heads/${productionBranch}`)).toBe(tip);
    expect(world.forge.state.pullRequests).toEqual([]);
  });
});

describe('an event that lies', () => {
  it('about a proposal by rule does not let its pusher approve it', async () => {
    const world = await inProduction();
    await world.register('b');
    await world.reconcile();
    const { number, head } = await newest(world);
    world.forge.state.pushes.push({
      branch: productionBranch,
      before: null,
      after: head.commit,
      by: { login: 'cleo', isBot: false },
    });
    await world.forge.approve('cleo', number);
    await world.reconcile();
    expect((await newest(world)).check?.conclusion).toBe('failure');
  });
});

describe('where another environment comes first', () => {
  const yaml = modelYaml()
    .replace('staging: { approval: none }', 'staging: { approval: pull-request }')
    .replace('after: staging', 'after: staging, soak: 1h');

  it('the pull request is open and waits', async () => {
    const world = await reconcileWorld({ 'models/fraud/model.yaml': yaml });
    await world.register('a');
    await world.reconcile();
    expect((await newest(world)).check?.title).toBe('Waiting for order, soak, review');
    const staging = await newest(world, 'model-gitops/promote/fraud/staging');
    await world.forge.merge('ben', staging.number);
    await world.reconcile();
    expect((await newest(world)).check?.title).toBe('Waiting for soak, review');
  });
});

describe('without the app', () => {
  it('only promotions have a status, and it says that it is advice', async () => {
    const world = await reconcileWorld(undefined, { checkKind: 'status' });
    await world.forge.push('anna', 'work', { 'train.py': 'x' });
    await world.forge.openAs('anna', { branch: 'work', base: 'main', title: 'Work', body: '' });
    await world.register('a');
    await world.reconcile();
    const { head, body, number } = await newest(world);
    expect(world.forge.state.checks.map((check) => check.head)).toEqual([head.commit]);
    expect(body).toContain('advisory');
    await world.forge.approve('ben', number);
    await world.reconcile();
    expect((await newest(world)).check?.conclusion).toBe('success');
    expect((await world.reconcile()).changes).toEqual([]);
  });
});

describe('what the forge refuses', () => {
  const refusing = (world: ReconcileWorld, title: string, kind: 'input' | 'could-not-run') => {
    const { pullRequests } = world.ports.forge;
    const open: typeof pullRequests.open = async (request) => {
      if (!request.title.includes(title)) return pullRequests.open(request);
      throw new ProblemError({ code: 'forge-refused', message: 'No.', remedy: 'Ask.' }, { kind });
    };
    return { ...world.ports, forge: { ...world.ports.forge, pullRequests: { ...pullRequests, open } } };
  };

  async function twoModels(): Promise<ReconcileWorld> {
    const yaml = modelYaml();
    const world = await reconcileWorld({
      'models/fraud/model.yaml': yaml,
      'models/churn/model.yaml': yaml.replace('fraud', 'churn'),
    });
    await world.register('a', { model: 'churn' });
    await world.register('b');
    return world;
  }

  it('for one model does not keep the other from being proposed', async () => {
    const world = await twoModels();
    const document = await reconcile({ dryRun: false }, refusing(world, 'churn', 'input'));
    expect(document).toMatchObject({ outcome: 'fail', applied: true, notes: ['No. Ask.'] });
    expect((await newest(world)).title).toContain('fraud');
  });

  it('is thrown where nothing could be done, and where the forge does not answer', async () => {
    const world = await twoModels();
    await expect(reconcile({ dryRun: false }, refusing(world, 'churn', 'could-not-run'))).rejects.toThrow('No.');
  });
});

describe('a model.yaml that cannot be read', () => {
  it('keeps nothing of the others', async () => {
    const world = await reconcileWorld({
      'models/fraud/model.yaml': modelYaml(),
      'models/churn/model.yaml': 'name: churn\ngates: 7\n',
    });
    await world.register('a', { model: 'churn' });
    await world.register('b');
    const { notes } = await world.reconcile();
    expect(notes).toEqual([
      expect.stringMatching(/^churn: nothing is decided by rule: models\/churn\/model\.yaml:\d+/),
    ]);
    expect(world.forge.state.pullRequests.map(({ title }) => title)).toEqual([
      'Promote fraud 1.0.0 to production (the first there)',
    ]);
  });
});
