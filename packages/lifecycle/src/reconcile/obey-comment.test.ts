import { eventsOf } from '@model-gitops/registry';
import { describe, expect, it } from 'vitest';
import { readLedger } from '../registry/ledger.ts';
import { modelYaml, productionBranch, type ReconcileWorld, reconcileWorld } from '../testing/reconcile-world.ts';
import { obeyComment } from './obey-comment.ts';

async function newest({ forge }: ReconcileWorld) {
  const [found] = await forge.pullRequests.find({ branches: [productionBranch] });
  if (found === undefined) throw new Error('there is no promotion');
  return found;
}

/** 1.0.0 is in production, 1.0.1 is proposed. */
async function twoVersions(): Promise<ReconcileWorld> {
  const world = await reconcileWorld();
  await world.register('a');
  await world.reconcile();
  await world.forge.merge('ben', (await newest(world)).number);
  await world.register('b');
  await world.reconcile();
  return world;
}

const issue = 900;
const texts = async ({ forge }: ReconcileWorld, number: number) =>
  (await forge.comments.list(number)).map(({ body }) => body);

describe('obeyComment', () => {
  it('proposes what somebody asks for, with a receipt, and in their name', async () => {
    const world = await twoVersions();
    await world.forge.merge('ben', (await newest(world)).number);
    await world.reconcile();
    const { id, answer } = await world.command('cleo', issue, '/rollback production');
    expect(answer).toMatchObject({ outcome: 'pass', applied: true });
    expect(await world.forge.reactionsOf(id)).toEqual(['eyes', 'rocket']);
    const { number, title } = await newest(world);
    expect(title).toBe('Roll back fraud in production to 1.0.0 (from 1.0.1)');
    await world.forge.approve('cleo', number);
    await world.reconcile();
    expect((await newest(world)).check?.conclusion).toBe('failure');
    await world.forge.approve('ben', number);
    await world.reconcile();
    expect((await newest(world)).check?.conclusion).toBe('success');
  });

  it('obeys a comment once: a replayed rollback goes back no further', async () => {
    const world = await twoVersions();
    await world.forge.merge('ben', (await newest(world)).number);
    await world.reconcile();
    const { id } = await world.command('cleo', issue, '/rollback production');
    await world.forge.merge('ben', (await newest(world)).number);
    await world.reconcile();
    const before = new Map(world.registry.repository.refs);
    const author = { login: 'cleo', isBot: false };
    const request = { number: issue, commentId: id, author, body: '/rollback production', dryRun: false };
    world.registry.host.advance(3 * 86_400_000);
    expect(await obeyComment(request, world.ports)).toMatchObject({
      changes: [],
      notes: ['this comment was obeyed already'],
    });
    expect(world.registry.repository.refs).toEqual(before);
  });

  it('takes model and environment from the promotion that it stands in', async () => {
    const world = await twoVersions();
    const { number } = await newest(world);
    await world.forge.close(number);
    await world.command('ben', number, '/promote 1.0.1');
    expect(await newest(world)).toMatchObject({ number, state: 'open' });
  });

  it('assigns at once where nobody is asked', async () => {
    const world = await reconcileWorld({
      'models/fraud/model.yaml': modelYaml().replace(
        'staging: { approval: none }',
        'staging: { approval: none }\n  lab: { approval: none, after: production }',
      ),
    });
    await world.register('a');
    await world.reconcile();
    const { answer } = await world.command('ben', issue, '/promote lab');
    expect(answer).toMatchObject({ outcome: 'fail', notes: ['lab comes after production, which wants nothing'] });
    await world.forge.merge('ben', (await newest(world)).number);
    await world.command('ben', issue, '/promote 1.0.0 lab');
    const { events } = await readLedger(world.registry.git, 'fraud');
    expect(eventsOf(events, 'assigned').find(({ environment }) => environment === 'lab')).toMatchObject({
      requestedBy: 'ben',
    });
  });

  it('refuses what the gates of the default branch refuse, and says why', async () => {
    const world = await reconcileWorld({
      'models/fraud/model.yaml': modelYaml({ gates: '[metrics.accuracy > 0.95]' }),
    });
    await world.register('a');
    const { id, answer } = await world.command('ben', issue, '/promote 1.0.0 staging');
    expect(answer.outcome).toBe('fail');
    expect(await world.forge.reactionsOf(id)).toEqual(['eyes', 'confused']);
    expect((await texts(world, issue)).at(-1)).toContain('0.9 is not &gt; 0.95');
  });

  it('tells a stranger once, and does nothing else', async () => {
    const world = await twoVersions();
    const before = (await readLedger(world.registry.git, null)).events;
    const first = await world.command('reader', issue, '/rollback production');
    await world.command('reader', issue, '/rollback production');
    expect(first.answer.outcome).toBe('fail');
    expect(await world.forge.reactionsOf(first.id)).toEqual(['confused']);
    expect((await texts(world, issue)).filter((text) => text.includes('only people who may write'))).toHaveLength(1);
    expect((await readLedger(world.registry.git, null)).events).toEqual(before);
  });

  it('obeys no bot, and asks the forge nothing about ordinary comments', async () => {
    const world = await twoVersions();
    world.forge.calls.length = 0;
    await world.command('model-gitops[bot]', issue, '/rollback production');
    await world.command('ben', issue, 'I would say\n/rollback production');
    expect(world.forge.calls).toEqual([]);
  });

  it('asks which model, where there are several, and which environment', async () => {
    const world = await twoVersions();
    expect((await world.command('ben', issue, '/promote')).answer.notes).toEqual([
      'name the environment, as in "/promote production"',
    ]);
    await world.register('c', { model: 'churn' });
    expect((await world.command('ben', issue, '/promote production')).answer.notes).toEqual([
      'name the model, as in "/promote churn@1.4.0 production"; there are: churn, fraud',
    ]);
    expect((await world.command('ben', issue, '/promote fraud@7.0.0 production')).answer.notes).toEqual([
      'fraud 7.0.0 is not registered',
    ]);
  });

  it('holds only an open promotion', async () => {
    const world = await twoVersions();
    expect((await world.command('ben', issue, '/hold')).answer.notes).toEqual([
      'it belongs into an open promotion pull request',
    ]);
    const { number } = await newest(world);
    await world.command('ben', number, '/hold');
    expect((await newest(world)).body).toContain('held');
  });

  it('does not push aside what somebody pushed onto the branch', async () => {
    const world = await twoVersions();
    const { number } = await newest(world);
    const tip = await world.forge.push('cleo', productionBranch, { 'README.md': 'mine' });
    const { answer } = await world.command('ben', number, '/promote 1.0.1');
    expect(answer.notes[0]).toContain('has commits that somebody pushed');
    expect(world.registry.repository.refs.get(`refs/heads/${productionBranch}`)).toBe(tip);
  });

  it('checks again, and helps', async () => {
    const world = await twoVersions();
    const { number } = await newest(world);
    await world.forge.approve('ben', number);
    await world.command('cleo', number, '/recheck');
    expect((await newest(world)).check?.conclusion).toBe('success');
    await world.command('cleo', number, '/help');
    expect((await texts(world, number)).at(-1)).toContain('/rollback [environment]');
  });

  it('plans in a dry run, without a receipt', async () => {
    const world = await twoVersions();
    await world.forge.merge('ben', (await newest(world)).number);
    await world.reconcile();
    const { id } = await world.forge.comment('ben', issue, '/rollback production');
    const before = new Map(world.registry.repository.refs);
    const author = { login: 'ben', isBot: false };
    const request = { number: issue, commentId: id, author, body: '/rollback production', dryRun: true };
    const { notes, applied } = await obeyComment(request, world.ports);
    expect(notes).toContain('fraud 1.0.0 would be proposed to production');
    expect(applied).toBe(false);
    expect(world.registry.repository.refs).toEqual(before);
    expect(await world.forge.reactionsOf(id)).toEqual([]);
  });
});
