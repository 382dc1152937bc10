import type { EventOf } from '@model-gitops/registry';
import { describe, expect, it } from 'vitest';
import { type MemoryForge, memoryForge } from '../testing/memory-forge.ts';
import { memoryGitStore } from '../testing/memory-git-store.ts';
import {
  commitOnMain,
  mergePromotion,
  type RegistryWorld,
  registration,
  registryWorld,
} from '../testing/registry-world.ts';
import { fetchModel } from './fetch-model.ts';
import { appendEvents, ledgerRef, readLedger } from './ledger.ts';
import { listHistory } from './list-models.ts';
import { promoteModel } from './promote-model.ts';
import { registerModel } from './register-model.ts';
import { verifyRegistry } from './verify-registry.ts';

const branch = 'model-gitops/promote/fraud/production';
const pull = { reference: 'fraud@production', at: null, outFolder: 'out', allowUnapproved: false };

interface Approved {
  readonly world: RegistryWorld;
  readonly forge: MemoryForge;
  readonly number: number;
  readonly head: string;
  /** The merge on the default branch. */
  readonly commit: string;
}

/** Anna brings a change by a pull request; it is registered, proposed on her request, reviewed by `reviewers`, merged by Ben. */
async function promoted(reviewers: readonly string[]): Promise<Approved> {
  const world = await registryWorld();
  const forge = memoryForge({ repository: world.repository, host: world.host });
  for (const [login, permission] of [
    ['anna', 'write'],
    ['ben', 'write'],
    ['carl', 'read'],
    ['ana', 'write'],
  ] as const)
    await forge.addPerson(login, permission);
  await forge.push('anna', 'better', { 'train.py': 'fit(2)\n' });
  const change = await forge.openAs('anna', { branch: 'better', base: 'main', title: 'Better', body: '' });
  const head = await forge.merge('ben', change);
  await registerModel(registration(head, 'a'), world);
  await promoteModel(
    {
      ...{ model: 'fraud', version: '1.0.0', environment: 'production', config: null, requestedBy: 'anna' },
      ...{ dryRun: false, local: false },
    },
    world,
  );
  const tip = world.repository.refs.get(`refs/heads/${branch}`) ?? '';
  const request = { branch, base: 'main', title: 'Promote', body: '', labels: [] };
  const { number } = await forge.pullRequests.open(request);
  for (const reviewer of reviewers) await forge.approve(reviewer, number);
  return { world, forge, number, head: tip, commit: await forge.merge('ben', number) };
}

function merged({ commit, head, number }: Approved, changes: Partial<EventOf<'merged'>> = {}): EventOf<'merged'> {
  return {
    schema: 'model-gitops/event/1',
    kind: 'merged',
    id: `merged-production-${commit.slice(0, 12)}`,
    model: 'fraud',
    at: '2026-03-01T11:00:00Z',
    environment: 'production',
    version: '1.0.0',
    digest: `sha256:${'a'.repeat(64)}`,
    commit,
    head,
    pullRequest: number,
    requester: 'anna',
    requesters: ['anna'],
    approvals: ['ben'],
    ownApprovals: [],
    merger: 'ben',
    ...changes,
  };
}

/** The next version, proposed by rule and merged by a push: no pull request was there. */
async function pushedPromotion({ world }: Approved): Promise<string> {
  const { version } = await registerModel(registration(world.head, 'b'), world);
  const request = { model: 'fraud', version: version ?? '', environment: 'production', config: null };
  await promoteModel({ ...request, requestedBy: null, dryRun: false, local: false }, world);
  return mergePromotion(world, branch);
}

async function verified({ world }: Approved, forge: MemoryForge | null = null) {
  const { outcome, approval, findings, notes } = await verifyRegistry({ model: null, bytes: null, forge }, world);
  return { outcome, approval, rules: findings.map(({ rule }) => rule), what: findings.map(({ what }) => what), notes };
}

describe('the witness of a merge', () => {
  it('tells the history who approved; only what it lacks is called unknown', async () => {
    const story = await promoted(['ben']);
    const history = () => listHistory({ model: 'fraud', environment: 'production' }, story.world);
    expect((await history()).notes[0]).toContain('approval is unknown');
    await appendEvents([merged(story)], story.world);
    expect(await history()).toMatchObject({ entries: [{ approvedBy: ['ben'] }], notes: [] });
  });

  it('tells who approved', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story)], story.world);
    expect(await verified(story)).toMatchObject({ outcome: 'pass', approval: 'known', rules: [] });
    expect(await fetchModel(pull, story.world)).toMatchObject({ approved: true, notes: ['approved by ben'] });
  });

  it.each<[string, Partial<EventOf<'merged'>>, string]>([
    ['no approval', { approvals: [] }, 'approval-missing'],
    [
      'no pull request at all',
      { approvals: [], pullRequest: null, requester: 'ben', requesters: [] },
      'approval-missing',
    ],
    ['only the requester', { approvals: [], ownApprovals: ['anna'] }, 'approval-own'],
    ['a requester counted as another', { approvals: ['Anna'] }, 'approval-own'],
    [
      'who asked, recorded without a list',
      { approvals: ['anna'], requesters: undefined, ownApprovals: undefined },
      'approval-own',
    ],
  ])('finds %s', async (_, changes, rule) => {
    const story = await promoted([]);
    const event = Object.fromEntries(Object.entries(merged(story, changes)).filter(([, value]) => value !== undefined));
    await appendEvents([event as EventOf<'merged'>], story.world);
    expect(await verified(story)).toMatchObject({ outcome: 'fail', rules: [rule] });
    await expect(fetchModel(pull, story.world)).rejects.toMatchObject({
      kind: 'refused',
      problems: [{ code: 'not-approved', message: expect.stringContaining(story.commit.slice(0, 12)) }],
    });
    expect(await fetchModel({ ...pull, allowUnapproved: true }, story.world)).toMatchObject({ approved: false });
  });

  it('believes no two witnesses that disagree', async () => {
    const story = await promoted([]);
    await appendEvents([merged(story), merged(story, { id: 'merged-by-hand', approvals: [] })], story.world);
    expect((await verified(story)).rules).toEqual(['approval-missing']);
  });

  it('is none for other content', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story, { digest: `sha256:${'b'.repeat(64)}` })], story.world);
    expect(await verified(story)).toMatchObject({ approval: 'unknown', rules: [] });
  });

  it('is missed when it was changed or deleted', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story)], story.world);
    const git = memoryGitStore({ repository: story.world.repository });
    const { head } = await readLedger(git, null);
    const path = `fraud/2026/03/01/merged-production-${story.commit.slice(0, 12)}.json`;
    const author = { name: 'Mallory', email: 'm@example.com', date: '2026-03-01T12:00:00Z' };
    const next = await git.writeObject({
      kind: 'commit',
      parents: [head ?? ''],
      files: { [path]: null },
      message: 'x\n',
      author,
    });
    await git.moveRef(ledgerRef, head, next);
    const answer = await verified(story);
    expect([answer.rules, answer.approval]).toEqual([['ledger-rewritten'], 'unknown']);
    expect(answer.what[0]).toContain('merged-production');
  });

  it('keeps the witness of a version whose tag was deleted', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story)], story.world);
    const git = memoryGitStore({ repository: story.world.repository });
    await git.moveRef('refs/tags/fraud@v1.0.0', story.world.repository.refs.get('refs/tags/fraud@v1.0.0') ?? '', null);
    expect((await verified(story)).rules).toEqual(['digest-mismatch', 'tag-deleted']);
  });
});

describe('without a witness', () => {
  it('is unknown, and verify says of which decision', async () => {
    const story = await promoted(['ben']);
    const answer = await verified(story);
    expect(answer).toMatchObject({ outcome: 'pass', approval: 'unknown', rules: [] });
    expect(answer.notes[0]).toBe('approval is unknown: no forge was asked who approved');
  });

  it('is refused by pull as soon as a forge is seen at work', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story, { environment: 'canary', id: 'merged-canary-1' })], story.world);
    await expect(fetchModel(pull, story.world)).rejects.toMatchObject({
      problems: [{ code: 'not-approved', remedy: expect.stringContaining('reconcile') }],
    });
    expect(await fetchModel({ ...pull, allowUnapproved: true }, story.world)).toMatchObject({ approved: null });
  });

  it('is partly known where the ledger knows of one of two', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story)], story.world);
    await pushedPromotion(story);
    const answer = await verified(story);
    expect(answer.approval).toBe('partly');
    expect(answer.notes[0]).toMatch(
      /^approval of 1 of 2 decisions is unknown \(run reconcile, or verify --online\): registry/,
    );
  });
});

describe('a forge that is asked', () => {
  it.each<[readonly string[], string | null]>([
    [['ben'], null],
    [['carl', 'ben'], null],
    [[], 'approval-missing'],
    [['carl'], 'approval-missing'],
    [['anna'], 'approval-own'],
  ])('says of the approvals by %j: %s', async (reviewers, rule) => {
    const story = await promoted(reviewers);
    const answer = await verified(story, story.forge);
    expect([answer.approval, answer.rules]).toEqual(['known', rule === null ? [] : [rule]]);
    const fetched = fetchModel(pull, { ...story.world, forge: story.forge });
    if (rule === null) expect(await fetched).toMatchObject({ approved: true, notes: ['approved by ben'] });
    else await expect(fetched).rejects.toMatchObject({ kind: 'refused', problems: [{ code: 'not-approved' }] });
  });

  it('is not asked for what the ledger knows, when a model is pulled', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story)], story.world);
    const before = story.forge.calls.length;
    await fetchModel(pull, { ...story.world, forge: story.forge });
    expect(story.forge.calls.length).toBe(before);
  });

  it('finds a merge that no pull request brought', async () => {
    const story = await promoted(['ben']);
    const commit = await pushedPromotion(story);
    const answer = await verified(story, story.forge);
    expect(answer.rules).toEqual(['approval-missing']);
    expect(answer.what[0]).toContain(commit.slice(0, 12));
  });

  it.each<[string, readonly string[], (story: Approved) => Partial<EventOf<'merged'>>]>([
    ['an approver whom the forge does not know of', [], () => ({})],
    ['another head', ['ben'], () => ({ head: 'e'.repeat(40) })],
    ['another pull request', ['ben'], ({ number }) => ({ pullRequest: number - 1 })],
    ['a pull request that is not there', ['ben'], () => ({ pullRequest: 999 })],
  ])('disagrees with a witness of %s', async (_, reviewers, changes) => {
    const story = await promoted(reviewers);
    await appendEvents([merged(story, changes(story))], story.world);
    expect(await verified(story)).toMatchObject({ outcome: 'pass', rules: [] });
    const answer = await verified(story, story.forge);
    expect(answer.rules).toEqual(['approval-missing']);
    expect(answer.what[0]).toContain('disagree');
  });

  it('adds nothing to a pointer that was changed by hand', async () => {
    const story = await promoted(['ben']);
    await appendEvents([merged(story)], story.world);
    await commitOnMain(story.world, { 'registry/fraud/production.yaml': null });
    expect((await verified(story, story.forge)).rules).toEqual(['pointer-outside-promotion']);
  });
});
