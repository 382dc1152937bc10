import { eventsOf } from '@model-gitops/registry';
import { describe, expect, it } from 'vitest';
import { readLedger } from '../registry/ledger.ts';
import { archiveVersion, rollbackModel } from '../registry/promote-model.ts';
import { registerModel } from '../registry/register-model.ts';
import { modelYaml, productionBranch, type ReconcileWorld, reconcileWorld } from '../testing/reconcile-world.ts';
import { registration, registryWorld } from '../testing/registry-world.ts';
import { reconcile } from './reconcile.ts';

const kinds = (document: { readonly changes: readonly { readonly kind: string }[] }) =>
  document.changes.map(({ kind }) => kind);

async function promotion({ forge }: ReconcileWorld, branch = productionBranch) {
  const [newest] = await forge.pullRequests.find({ branches: [branch] });
  if (newest === undefined) throw new Error('there is no promotion');
  return newest;
}

const ledgerOf = async ({ registry }: ReconcileWorld) => (await readLedger(registry.git, 'fraud')).events;

async function proposed(files?: Parameters<typeof reconcileWorld>[0]): Promise<ReconcileWorld> {
  const world = await reconcileWorld(files);
  await world.register('a');
  await world.reconcile();
  return world;
}

async function merged(): Promise<ReconcileWorld> {
  const world = await proposed();
  const { number } = await promotion(world);
  await world.forge.approve('ben', number);
  await world.forge.merge('ben', number);
  await world.reconcile();
  return world;
}

describe('a new version', () => {
  it('is assigned where nobody is asked, and proposed where people approve', async () => {
    const world = await reconcileWorld();
    await world.register('a');
    const document = await world.reconcile();
    expect(kinds(document)).toEqual(['assign', 'propose']);
    expect(document.changes.every(({ reason }) => reason.length > 10)).toBe(true);
    const { title, files, labels, check, body, head } = await promotion(world);
    expect(title).toBe('Promote fraud 1.0.0 to production (the first there)');
    expect(files).toEqual(['registry/fraud/production.yaml']);
    expect(labels).toEqual(['model-gitops:promotion', 'model:fraud', 'environment:production']);
    expect(check).toMatchObject({ head: head.commit, conclusion: 'failure', title: 'Waiting for review' });
    expect(body).toContain('Merging this puts fraud 1.0.0 into production');
  });

  it('is done once: the second plan is empty', async () => {
    const world = await proposed();
    expect(await world.reconcile()).toMatchObject({ changes: [], applied: false });
    expect(world.forge.state.checks).toHaveLength(1);
  });

  it('makes a commit on the default branch as it is, of the pointer alone, dated by the registration', async () => {
    const world = await proposed();
    const { head } = await promotion(world);
    const [commit] = await world.registry.git.readObjects([head.commit]);
    expect(commit).toMatchObject({
      kind: 'commit',
      parents: [world.registry.repository.refs.get('refs/heads/main')],
      committer: { date: '2026-03-01T10:01:00Z' },
    });
  });

  it('is only planned in a dry run', async () => {
    const world = await reconcileWorld();
    await world.register('a');
    const before = new Map(world.registry.repository.refs);
    const document = await reconcile({ dryRun: true }, world.ports);
    expect(kinds(document)).toEqual(['assign', 'propose']);
    expect(document.applied).toBe(false);
    expect(world.registry.repository.refs).toEqual(before);
    expect(world.forge.state.pullRequests).toEqual([]);
  });

  it('decides nothing by rule without a model.yaml on the default branch, and says so', async () => {
    const world = await reconcileWorld({ 'README.md': 'x' });
    await world.register('a');
    expect(await world.reconcile()).toMatchObject({
      changes: [],
      notes: ['fraud: nothing is decided by rule: main has no model.yaml of that name'],
    });
  });

  it('decides nothing by a model.yaml that cannot be read, and names the place', async () => {
    const world = await reconcileWorld({ 'models/fraud/model.yaml': 'name: fraud\ngates: [metrics.accuracy >]\n' });
    await world.register('a');
    const { changes, notes } = await world.reconcile();
    expect(changes).toEqual([]);
    expect(notes[0]).toMatch(/^fraud: nothing is decided by rule: models\/fraud\/model\.yaml:/);
  });

  it('goes nowhere when its gates fail', async () => {
    const world = await reconcileWorld({
      'models/fraud/model.yaml': modelYaml({ gates: '[metrics.accuracy > 0.95]' }),
    });
    await world.register('a');
    expect((await world.reconcile()).changes).toEqual([]);
  });

  it('is the newest that passes, not the newest', async () => {
    const world = await proposed();
    await world.register('b', { reportedMetrics: { accuracy: 0.2 } });
    expect((await world.reconcile()).changes).toEqual([]);
    expect((await promotion(world)).title).toContain('1.0.0');
  });

  it('is never assigned again after it was left', async () => {
    const world = await proposed();
    await world.register('b');
    await world.reconcile();
    await rollbackModel(
      { model: 'fraud', environment: 'staging', config: null, requestedBy: 'ben', dryRun: false, local: false },
      world.registry,
    );
    const { changes } = await world.reconcile();
    expect(changes.filter(({ kind }) => kind === 'assign')).toEqual([]);
  });
});

describe('four eyes', () => {
  it('do not count who wrote what is promoted, and count somebody else', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.forge.approve('anna', number);
    await world.reconcile();
    expect((await promotion(world)).check).toMatchObject({ conclusion: 'failure', title: 'Waiting for review' });
    await world.forge.approve('ben', number);
    await world.reconcile();
    expect((await promotion(world)).check).toMatchObject({ conclusion: 'success', title: 'Ready to merge' });
  });

  it('ask for the rights of nobody whose approval could not count', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.forge.approve('anna', number);
    world.forge.calls.length = 0;
    await world.reconcile();
    expect(world.forge.calls).not.toContain('people.readPermission');
  });

  it('do not count who may not write', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.forge.approve('reader', number);
    await world.reconcile();
    expect((await promotion(world)).check?.conclusion).toBe('failure');
  });

  it('take an approval back when the head moves', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.forge.approve('ben', number);
    await world.register('b');
    await world.reconcile();
    const { title, check, head } = await promotion(world);
    expect(title).toContain('1.0.1');
    expect(check).toMatchObject({ head: head.commit, conclusion: 'failure' });
    expect((await world.forge.comments.list(number)).map(({ body }) => body)).toEqual([
      expect.stringContaining('The approval of `@ben` was of 1.0.0'),
    ]);
  });
});

describe('an open promotion', () => {
  it('moves on to a newer version without a comment where nobody had approved', async () => {
    const world = await proposed();
    const before = await promotion(world);
    await world.register('b');
    expect(kinds(await world.reconcile())).toEqual(['assign', 'propose']);
    const after = await promotion(world);
    expect(after.number).toBe(before.number);
    expect(after.title).toContain('1.0.1');
    expect(await world.forge.comments.list(after.number)).toEqual([]);
    expect((await world.reconcile()).changes).toEqual([]);
  });

  it('stays on its version while it is held, and moves on afterwards', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.command('ben', number, '/hold');
    await world.register('b');
    await world.reconcile();
    expect((await promotion(world)).title).toContain('1.0.0');
    await world.command('ben', number, '/unhold');
    await world.reconcile();
    expect((await promotion(world)).title).toContain('1.0.1');
  });

  it('is made anew where the pointer moved, and left alone where something else did', async () => {
    const world = await merged();
    await world.register('b');
    await world.reconcile();
    const before = await promotion(world);
    await world.forge.approve('ben', before.number);
    await world.forge.push('cleo', 'main', { 'notes.md': 'x' });
    await world.reconcile();
    expect((await promotion(world)).head.commit).toBe(before.head.commit);
    expect((await promotion(world)).check?.conclusion).toBe('success');
    await world.forge.push('cleo', 'main', { 'registry/fraud/production.yaml': null });
    expect(kinds(await world.reconcile())).toContain('propose');
    const after = await promotion(world);
    expect(after.head.commit).not.toBe(before.head.commit);
    expect(after.title).toBe('Promote fraud 1.0.1 to production (the first there)');
    expect(after.check?.conclusion).toBe('failure');
    expect((await world.reconcile()).changes).toEqual([]);
  });

  it('is closed with a sentence where what it proposes was decided otherwise', async () => {
    const world = await proposed();
    const { number, head } = await promotion(world);
    const [file] = await world.registry.git.readObjects([`${head.commit}:registry/fraud/production.yaml`]);
    await world.forge.push('cleo', 'main', {
      'registry/fraud/production.yaml': file?.kind === 'blob' ? file.text : '',
    });
    await world.reconcile();
    expect((await promotion(world)).state).toBe('closed');
    expect((await world.forge.comments.list(number))[0]?.body).toContain('decided already');
    expect((await world.reconcile()).changes).toEqual([]);
  });

  it('is never overwritten where somebody pushed onto its branch; the check says who may not approve', async () => {
    const world = await proposed();
    await world.forge.push('cleo', productionBranch, { 'README.md': 'mine' });
    await world.register('b');
    await world.reconcile();
    const { title, check, head } = await promotion(world);
    expect(world.registry.repository.refs.get(`refs/heads/${productionBranch}`)).toBe(head.commit);
    expect(title).toContain('1.0.0');
    expect(check).toMatchObject({ head: head.commit, conclusion: 'failure' });
    expect(check?.summary).toContain('README.md');
    expect((await world.reconcile()).changes).toEqual([]);
  });

  it('that was closed is not proposed again; a newer version is', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.forge.close(number);
    expect((await world.reconcile()).changes).toEqual([]);
    await world.register('b');
    await world.reconcile();
    expect(await promotion(world)).toMatchObject({ state: 'open', title: expect.stringContaining('1.0.1') });
    expect((await promotion(world)).number).not.toBe(number);
  });

  it('keeps what people wrote around its text', async () => {
    const world = await proposed();
    const { number, body } = await promotion(world);
    await world.forge.pullRequests.edit(number, { body: `Before\r\n\n${body}\n\nafter  ` });
    await world.forge.approve('ben', number);
    await world.reconcile();
    const after = (await promotion(world)).body;
    expect(after.startsWith('Before\r\n\n<!-- model-gitops:begin')).toBe(true);
    expect(after.endsWith('\n\nafter  ')).toBe(true);
  });
});

describe('a merge', () => {
  it('is witnessed: who asked, who approved, who merged', async () => {
    const world = await merged();
    const { number, head, merge } = await promotion(world);
    expect(eventsOf(await ledgerOf(world), 'merged')).toEqual([
      expect.objectContaining({
        id: `merged-production-${merge?.commit.slice(0, 12)}`,
        at: merge?.at,
        version: '1.0.0',
        pullRequest: number,
        head: head.commit,
        requester: 'anna',
        requesters: ['anna'],
        approvals: ['ben'],
        ownApprovals: [],
        merger: 'ben',
      }),
    ]);
    expect((await world.reconcile()).changes).toEqual([]);
  });

  it('without a pull request has no approvals and its pusher for a requester', async () => {
    const world = await proposed();
    const { head } = await promotion(world);
    const [file] = await world.registry.git.readObjects([`${head.commit}:registry/fraud/production.yaml`]);
    await world.forge.push('cleo', 'main', {
      'registry/fraud/production.yaml': file?.kind === 'blob' ? file.text : '',
    });
    await world.reconcile();
    expect(eventsOf(await ledgerOf(world), 'merged')).toEqual([
      expect.objectContaining({ pullRequest: null, requester: 'cleo', approvals: [], merger: 'cleo' }),
    ]);
  });

  it('names the approval of who asked as their own', async () => {
    const world = await proposed();
    const { number } = await promotion(world);
    await world.forge.approve('anna', number);
    await world.forge.merge('anna', number);
    await world.reconcile();
    expect(eventsOf(await ledgerOf(world), 'merged')[0]).toMatchObject({ approvals: [], ownApprovals: ['anna'] });
  });
});

describe('what somebody asked for', () => {
  const ask = { model: 'fraud', config: null, dryRun: false, local: false };

  it('by the command line gets its pull request; who pushed it may not approve', async () => {
    const world = await merged();
    await world.register('b');
    await world.reconcile();
    await world.forge.merge('ben', (await promotion(world)).number);
    await world.reconcile();
    await rollbackModel({ ...ask, environment: 'production', requestedBy: null }, world.registry);
    const tip = world.registry.repository.refs.get(`refs/heads/${productionBranch}`) ?? '';
    world.forge.state.pushes.push({
      branch: productionBranch,
      before: null,
      after: tip,
      by: { login: 'cleo', isBot: false },
    });
    expect(kinds(await world.reconcile())).toEqual(['open-pull-request']);
    const { number, title } = await promotion(world);
    expect(title).toBe('Roll back fraud in production to 1.0.0 (from 1.0.1)');
    await world.forge.approve('cleo', number);
    await world.reconcile();
    expect((await promotion(world)).check?.conclusion).toBe('failure');
    await world.forge.approve('anna', number);
    await world.reconcile();
    expect((await promotion(world)).check?.conclusion).toBe('success');
  });

  it('is no approval by anybody while nobody knows who asked', async () => {
    const world = await merged();
    await world.register('b');
    await archiveVersion({ ...ask, version: '1.0.1', requestedBy: null }, world.registry);
    await world.reconcile();
    const { number } = await promotion(world, 'model-gitops/promote/fraud/archived');
    await world.forge.approve('ben', number);
    await world.reconcile();
    const { check, title } = await promotion(world, 'model-gitops/promote/fraud/archived');
    expect(title).toBe('Archive fraud 1.0.1');
    expect(check).toMatchObject({ conclusion: 'failure', title: expect.stringContaining('review') });
  });

  it('archives by a merge', async () => {
    const world = await merged();
    await world.register('b', { reportedMetrics: { accuracy: 0.1 } });
    await archiveVersion({ ...ask, version: '1.0.1', requestedBy: 'anna' }, world.registry);
    await world.reconcile();
    const { number } = await promotion(world, 'model-gitops/promote/fraud/archived');
    await world.forge.approve('ben', number);
    await world.reconcile();
    expect((await promotion(world, 'model-gitops/promote/fraud/archived')).check?.conclusion).toBe('success');
    await world.forge.merge('ben', number);
    await world.reconcile();
    expect(
      eventsOf(await ledgerOf(world), 'merged').find(({ environment }) => environment === 'archived'),
    ).toMatchObject({
      version: '1.0.1',
      requesters: ['anna'],
      approvals: ['ben'],
    });
    expect((await world.reconcile()).changes).toEqual([]);
  });
});

describe('soak', () => {
  it('waits with its end, and passes by the clock alone', async () => {
    const world = await proposed({ 'models/fraud/model.yaml': modelYaml({ soak: '24h' }) });
    const { number } = await promotion(world);
    await world.forge.approve('ben', number);
    await world.reconcile();
    expect((await promotion(world)).check).toMatchObject({ conclusion: 'failure', title: 'Waiting for soak' });
    world.registry.host.advance(86_400_000);
    await world.reconcile();
    expect((await promotion(world)).check?.conclusion).toBe('success');
  });
});

describe('a tag that somebody made again', () => {
  it('is never approved: its bytes are not those that were registered', async () => {
    const world = await reconcileWorld();
    await world.register('a');
    const { refs } = world.registry.repository;
    refs.delete('refs/tags/fraud@v1.0.0');
    const other = await registryWorld();
    await registerModel(registration(refs.get('refs/heads/main') ?? '', 'b'), other);
    const [tag] = await other.git.readObjects([other.repository.refs.get('refs/tags/fraud@v1.0.0') ?? '']);
    if (tag?.kind !== 'tag') throw new Error('there is no tag');
    world.registry.repository.objects.set(tag.id, tag);
    refs.set('refs/tags/fraud@v1.0.0', tag.id);
    await world.reconcile();
    const { number } = await promotion(world);
    await world.forge.approve('ben', number);
    await world.reconcile();
    const { check } = await promotion(world);
    expect(check).toMatchObject({ conclusion: 'failure' });
    expect(check?.summary).toContain('not the one that was registered');
  });
});
