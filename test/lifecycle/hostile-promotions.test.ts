import { ProblemError, type PullRequest, promoteModel, rollbackModel } from '@model-gitops/lifecycle';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { git } from '../contracts/scratch-git.ts';
import { branch, createTown, type PromotionWorld, pointer, type Town } from './promotion-world.ts';

let town: Town;
beforeAll(async () => {
  town = await createTown();
  await town.startApp();
});
afterAll(() => town.close());

/** A repository whose first version waits for its approval. */
async function proposed(): Promise<{ readonly world: PromotionWorld; readonly number: number }> {
  const world = await town.openRepository();
  await world.register('a');
  await town.settled();
  const [open] = await world.promotions();
  return { world, number: open?.number ?? 0 };
}

/** Which lines of the check do not pass; a green check has none. */
async function flaws(
  world: PromotionWorld,
  number: number,
): Promise<{ readonly green: boolean; readonly text: string }> {
  await town.settled();
  const { check, head } = await world.pullRequest(number);
  expect(check?.head, 'the check is on the head').toBe(head.commit);
  expect(world.checksOn(head.commit), 'checks on the head').toBe(1);
  return { green: check?.conclusion === 'success', text: `${check?.title}\n${check?.summary}` };
}

async function promoted(world: PromotionWorld, number: number): Promise<void> {
  await world.people.approve('ben', number);
  await town.settled();
  await world.people.merge('ben', number);
  await town.settled();
}

const rules = async (world: PromotionWorld) => (await world.verify()).findings.map(({ rule }) => rule);

async function call(token: string, method: string, path: string, body: unknown): Promise<void> {
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  const response = await fetch(`${town.github.apiUrl}${path}`, { method, headers, body: JSON.stringify(body) });
  expect(response.ok, await response.text()).toBe(true);
}

async function refusal(act: Promise<unknown>): Promise<string> {
  const thrown = await act.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(thrown instanceof ProblemError)) throw new Error(`no problem was thrown, but ${String(thrown)}`);
  return `${thrown.problems[0]?.code}: ${thrown.message}`;
}

describe('two pairs of eyes', () => {
  it('the approval of who asked does not count, that of another does, until the head is another', async () => {
    const { world, number } = await proposed();
    await world.people.approve('anna', number);
    const own = await flaws(world, number);
    expect(own).toMatchObject({ green: false, text: expect.stringContaining('asked for this or wrote') });
    await world.people.approve('ben', number);
    expect((await flaws(world, number)).green).toBe(true);
    // a newer version moves the pull request on
    await world.register('b');
    const moved = await flaws(world, number);
    expect(moved).toMatchObject({ green: false, text: expect.stringContaining('earlier commit') });
    expect((await world.pullRequest(number)).title).toContain('1.0.1');
    const comments = await world.forge.comments.list(number);
    expect(comments.map(({ author }) => author?.login)).toEqual(['model-gitops[bot]']);
  });

  it('a reader, a bot and a reviewer who lost their right do not count', async () => {
    const { world, number } = await proposed();
    await world.people.addPerson('reader', 'read');
    await world.people.approve('reader', number);
    expect(await flaws(world, number)).toMatchObject({ green: false, text: expect.stringContaining('may not write') });
    const token = town.github.workflowToken(world.name, { pull_requests: 'write', contents: 'read' });
    await call(token, 'POST', `/repos/${world.name}/pulls/${number}/reviews`, { event: 'APPROVE', body: 'fine' });
    expect(await flaws(world, number)).toMatchObject({ green: false, text: expect.stringContaining('is no person') });
    await world.people.approve('cyd', number);
    expect((await flaws(world, number)).green).toBe(true);
    town.github.addCollaborator(world.name, 'cyd', 'read');
    await world.people.comment('ben', number, '/recheck');
    expect((await flaws(world, number)).green).toBe(false);
  });

  it('what an approver takes back is gone', async () => {
    const { world, number } = await proposed();
    await world.people.approve('ben', number);
    expect((await flaws(world, number)).green).toBe(true);
    await world.people.review('ben', number, 'changes-requested');
    expect(await flaws(world, number)).toMatchObject({
      green: false,
      text: expect.stringContaining('asks for changes'),
    });
  });

  it('who pushes onto the branch may not approve it, and other files make it red', async () => {
    const { world, number } = await proposed();
    await world.people.approve('ben', number);
    await town.settled();
    await world.people.push('ben', branch, { 'train.py': 'evil()\n' });
    const pushed = await flaws(world, number);
    expect(pushed).toMatchObject({ green: false, text: expect.stringContaining('train.py') });
    await world.people.approve('ben', number);
    expect(await flaws(world, number)).toMatchObject({ green: false, text: expect.stringContaining('wrote') });
    // what people pushed is never overwritten
    const { head } = await world.pullRequest(number);
    await world.register('b');
    await town.settled();
    expect((await world.pullRequest(number)).head.commit).toBe(head.commit);
  });
});

describe('merges past the rules', () => {
  it('of a head that nobody approved: verify says so, pull refuses', async () => {
    const { world, number } = await proposed();
    await world.people.merge('ben', number);
    await town.settled();
    expect(await world.events('merged')).toMatchObject([{ approvals: [], merger: 'ben', pullRequest: number }]);
    expect(await rules(world)).toContain('approval-missing');
    expect(await refusal(world.pull())).toMatch(/approv/);
    expect(await world.pull(true)).toMatchObject({ approved: false });
  });

  it('of a head that only who asked approved: approval-own', async () => {
    const { world, number } = await proposed();
    await world.people.approve('anna', number);
    await world.people.merge('ben', number);
    await town.settled();
    expect(await world.events('merged')).toMatchObject([{ approvals: [], ownApprovals: ['anna'] }]);
    expect(await rules(world)).toContain('approval-own');
    expect(await refusal(world.pull())).toMatch(/anna/);
  });

  it('by a push onto the default branch: nobody approved', async () => {
    const { world, number } = await proposed();
    const text = await world.pointerOf(`refs/heads/${branch}`);
    await world.people.push('cyd', 'main', { [pointer]: text });
    await town.settled();
    expect(await world.events('merged')).toMatchObject([{ pullRequest: null, approvals: [], requester: 'cyd' }]);
    expect((await world.verify()).outcome).toBe('fail');
    expect(await refusal(world.pull())).toMatch(/approv/);
    expect((await world.pullRequest(number)).state).toBe('closed');
  });

  it('a witness that somebody rewrote is found', async () => {
    const { world, number } = await proposed();
    await world.people.merge('ben', number);
    await town.settled();
    const folder = town.github.gitFolder(world.name);
    const files = git(folder, 'ls-tree', '-r', '--name-only', 'model-gitops/ledger').split('\n');
    const file = files.find((name) => name.includes('merged-production')) ?? '';
    const text = git(folder, 'show', `model-gitops/ledger:${file}`).replace('"approvals":[]', '"approvals":["cyd"]');
    expect(text).toContain('cyd');
    await world.people.push('ben', 'model-gitops/ledger', { [file]: `${text}\n` });
    await town.settled();
    expect(await rules(world)).toContain('ledger-rewritten');
  });
});

describe('pull requests that are no promotion of ours', () => {
  it('of a fork: red where they touch the registry, whatever branch they call their own, and nothing else is done', async () => {
    const { world } = await proposed();
    town.github.createUser('eve');
    const files = { [pointer]: 'schema: model-gitops/pointer/1\n' };
    const title = 'Promote fraud 9.9.9 to production <!-- model-gitops:begin promotion key=fraud/production -->';
    const number = await world.people.openFromFork('eve', { branch, base: 'main', title, body: '', files });
    await world.people.approve('ben', number);
    expect((await flaws(world, number)).green).toBe(false);
    const { title: kept, labels } = await world.pullRequest(number);
    expect({ kept, labels }).toEqual({ kept: title, labels: [] });
    expect(await world.promotions()).toHaveLength(1);
  });

  it('of a branch of any name: red where it touches the registry', async () => {
    const { world } = await proposed();
    await world.people.push('ben', 'sneak', { [pointer]: 'x\n', 'train.py': 'fit(2)\n' });
    const number = await world.people.openAs('ben', { branch: 'sneak', base: 'main', title: 'Tidy', body: '' });
    await world.people.approve('cyd', number);
    expect((await flaws(world, number)).green).toBe(false);
  });
});

describe('what people do to a promotion', () => {
  async function edit(world: PromotionWorld, number: number, changes: Record<string, string>): Promise<void> {
    const { pullRequests } = world.portsOf(town.github.createToken('ben')).forge;
    await pullRequests.edit(number, changes);
    await town.settled();
  }

  it('title, body and labels decide nothing; our region comes back, and what people wrote stays', async () => {
    const { world, number } = await proposed();
    const before = await world.pullRequest(number);
    const forged = before.body.replaceAll('1.0.0', '6.6.6');
    await edit(world, number, { title: 'Promote fraud 6.6.6', body: `My words.\n\n${forged}\n\nAnd mine.` });
    const after = await world.pullRequest(number);
    expect(after.title).toBe(before.title);
    expect(after.body).toContain('My words.');
    expect(after.body).toContain('And mine.');
    expect(after.body).not.toContain('6.6.6');
    await edit(world, number, { body: '' });
    expect((await world.pullRequest(number)).body).toBe(before.body);
    expect((await flaws(world, number)).green).toBe(false);
  });

  it('a promotion that goes into another branch is none: it is red, whoever approved it', async () => {
    const { world, number } = await proposed();
    await world.people.push('ben', 'aside', { 'train.py': 'fit()\n' });
    await world.people.approve('ben', number);
    await town.settled();
    await call(town.github.createToken('ben'), 'PATCH', `/repos/${world.name}/pulls/${number}`, { base: 'aside' });
    await town.settled();
    const { base, check } = await world.pullRequest(number);
    expect(base).toBe('aside');
    expect(check?.conclusion).toBe('failure');
  });

  it('a stale one is not green, whoever approved it', async () => {
    const { world, number } = await proposed();
    await promoted(world, number);
    await world.register('b');
    await town.settled();
    const [second] = await world.promotions();
    await world.people.approve('ben', second?.number ?? 0);
    await town.settled();
    expect((await flaws(world, second?.number ?? 0)).green).toBe(true);
    await world.people.push('cyd', 'main', { [pointer]: `# by hand\n${await world.pointerOf()}` });
    expect((await flaws(world, second?.number ?? 0)).green).toBe(false);
  });

  it('a closed one is not opened again by rule, its branch may go, and a newer version is proposed', async () => {
    const { world, number } = await proposed();
    await world.people.close(number);
    await town.settled();
    await world.reconcile();
    expect((await world.promotions()).map(({ state }: PullRequest) => state)).toEqual(['closed']);
    git(town.github.gitFolder(world.name), 'update-ref', '-d', `refs/heads/${branch}`);
    await world.register('b');
    await town.settled();
    const [newer, ...others] = await world.promotions();
    expect(newer).toMatchObject({ state: 'open', title: expect.stringContaining('1.0.1') });
    expect(others).toHaveLength(1);
  });
});

describe('what is behind a promotion changes', () => {
  it('a rollback during an open promotion takes its place, and who asked for it may not approve it', async () => {
    const { world, number } = await proposed();
    await promoted(world, number);
    await world.register('b');
    await town.settled();
    const [second] = await world.promotions();
    await promoted(world, second?.number ?? 0);
    await world.register('c');
    await town.settled();
    const ports = world.portsOf(town.github.createToken('cyd'));
    const request = { model: 'fraud', config: null, environment: 'production', requestedBy: 'cyd' };
    await rollbackModel({ ...request, dryRun: false, local: false }, ports);
    await town.settled();
    const [open] = await world.promotions();
    expect(open).toMatchObject({ state: 'open', title: expect.stringMatching(/1\.0\.0/) });
    expect((await flaws(world, open?.number ?? 0)).green).toBe(false);
    await world.people.approve('cyd', open?.number ?? 0);
    expect((await flaws(world, open?.number ?? 0)).green).toBe(false);
    await world.people.approve('ben', open?.number ?? 0);
    expect((await flaws(world, open?.number ?? 0)).green).toBe(true);
    await world.people.merge('ben', open?.number ?? 0);
    await town.settled();
    expect(await world.pointerOf()).toContain('1.0.0');
    expect((await world.pull()).version).toBe('1.0.0');
  });

  it('a version whose tag was deleted is not green, and verify tells', async () => {
    const { world, number } = await proposed();
    await world.people.approve('ben', number);
    expect((await flaws(world, number)).green).toBe(true);
    const folder = town.github.gitFolder(world.name);
    git(folder, 'update-ref', '-d', 'refs/tags/fraud@v1.0.0');
    await world.people.comment('ben', number, '/recheck');
    await town.settled();
    const { state, check } = await world.pullRequest(number);
    expect(state === 'closed' || check?.conclusion === 'failure').toBe(true);
    expect(await rules(world)).toContain('tag-deleted');
  });

  it('promoting a version that is not there, or in hostile words, changes nothing', async () => {
    const { world } = await proposed();
    const ports = world.portsOf(town.github.createToken('ben'));
    const request = { model: 'fraud', config: null, environment: 'production', requestedBy: 'ben' };
    const tips = () => git(town.github.gitFolder(world.name), 'for-each-ref');
    const before = tips();
    for (const version of ['../x', '1.0.0\n', '__proto__'])
      await refusal(promoteModel({ ...request, version, dryRun: false, local: false }, ports));
    const unknown = { ...request, version: '9.9.9', dryRun: false, local: false };
    expect((await promoteModel(unknown, ports)).outcome).toBe('fail');
    expect(tips()).toBe(before);
  });
});

describe('a token that may not', () => {
  const all = { contents: 'write', pull_requests: 'write', statuses: 'write', issues: 'write' } as const;
  // what the refusal names, as a workflow writes it
  const missing = { contents: 'contents', pull_requests: 'pull-requests', statuses: 'statuses' } as const;

  it.each(Object.entries(missing))(
    'has %s to read only: the refusal names the line, and who may goes on',
    async (name, line) => {
      const world = await town.openRepository();
      await town.settled();
      town.github.webhooks.relay({ drop: 1 });
      await world.register('a');
      const told = await world.reconcile({ ...all, [name]: 'read' }).then(
        ({ outcome, notes }) => `${outcome} ${notes.join(' ')}`,
        (cause: unknown) => (cause instanceof ProblemError ? cause.message : Promise.reject(cause)),
      );
      expect(told).toContain(`${line}: write`);
      await world.reconcile();
      town.github.webhooks.relay({});
      await world.people.push('ben', 'main', { 'README.md': 'x\n' });
      await town.settled();
      const { problems } = await world.readLedger();
      expect(problems).toEqual([]);
      // whoever claimed the pull request and was refused is relieved after ten minutes: until then it is nobody's
      expect(await world.promotions()).toHaveLength(name === 'pull_requests' ? 0 : 1);
      expect(await world.pointerOf()).toBeNull();
    },
  );
});
