import { createHmac } from 'node:crypto';
import type { PullRequest } from '@model-gitops/lifecycle';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RunningApp } from '../../app/start-app.ts';
import { git } from '../contracts/scratch-git.ts';
import { createTown, type PromotionWorld, type Town } from './promotion-world.ts';

let town: Town;
let app: RunningApp;
beforeAll(async () => {
  town = await createTown();
  app = await town.startApp();
});
afterAll(() => town.close());

const refsOf = ({ name }: PromotionWorld) => git(town.github.gitFolder(name), 'for-each-ref');

async function proposed(): Promise<{ readonly world: PromotionWorld; readonly number: number }> {
  const world = await town.openRepository();
  await world.register('a');
  await town.settled();
  return { world, number: (await world.promotions())[0]?.number ?? 0 };
}

describe('a delivery that is not ours', () => {
  const sign = (body: string, secret: string, hash = 'sha256') =>
    `${hash}=${createHmac(hash, secret).update(body).digest('hex')}`;

  it('starts nothing: no signature, another secret, SHA-1, another body, an empty one', async () => {
    const { world } = await proposed();
    const { payload } = town.github.webhooks.deliveries.findLast(({ event }) => event === 'push') ?? {};
    const body = JSON.stringify(payload);
    const { webhookSecret } = town.keys;
    const tries: Readonly<Record<string, string>>[] = [
      {},
      { 'x-hub-signature-256': sign(body, 'another') },
      { 'x-hub-signature-256': sign(`${body} `, webhookSecret) },
      { 'x-hub-signature': sign(body, webhookSecret, 'sha1') },
      { 'x-hub-signature-256': '' },
      { 'x-hub-signature-256': `sha256=${'0'.repeat(64)}` },
    ];
    town.github.requests.reset();
    const before = refsOf(world);
    for (const headers of tries) {
      const named = { 'x-github-event': 'push', 'x-github-delivery': 'd', 'content-type': 'application/json' };
      const init = { method: 'POST', body, headers: { ...named, ...headers } };
      const response = await fetch(`${app.url}/api/github/webhooks`, init);
      expect(response.status, JSON.stringify(headers)).toBe(401);
    }
    await town.settled();
    expect(town.github.requests.count()).toBe(0);
    expect(refsOf(world)).toBe(before);
  });
});

describe('deliveries told again, in any order', () => {
  /** What people see in the end, without names that each repository gives anew. */
  async function endState(world: PromotionWorld) {
    const promotions = await world.promotions();
    return {
      promotions: promotions.map(({ title, state, check, labels }: PullRequest) => ({
        title,
        state,
        labels,
        conclusion: check?.conclusion,
      })),
      checks: promotions.map(({ head }) => world.checksOn(head.commit)),
      merged: (await world.events('merged')).map(({ version, approvals, merger }) => ({ version, approvals, merger })),
      assigned: (await world.events('assigned')).map(({ environment, version }) => `${environment} ${version}`),
    };
  }

  async function play(world: PromotionWorld): Promise<void> {
    await world.register('a');
    await town.settled();
    const [open] = await world.promotions();
    await world.people.approve('ben', open?.number ?? 0);
    await world.people.merge('ben', open?.number ?? 0);
    await world.register('b');
    await town.settled();
  }

  it('each permutation ends the same, and ten times is once', async () => {
    const told: (readonly string[])[] = [];
    const worlds: PromotionWorld[] = [];
    const orders = [[], [2, 1, 0], [1, 0, 2]] as const;
    for (const order of orders) {
      const world = await town.openRepository();
      const first = town.github.webhooks.deliveries.length;
      await play(world);
      const before = await endState(world);
      const refs = refsOf(world);
      const guids = town.github.webhooks.deliveries
        .slice(first)
        .filter(({ event, action }) => event === 'push' || action === 'closed' || action === 'opened')
        .map(({ guid }) => guid);
      // the closed before the opened, the newest before the oldest: three parts in each order
      const third = Math.ceil(guids.length / 3);
      for (const part of order)
        for (const guid of guids.slice(part * third, (part + 1) * third)) town.github.webhooks.redeliver(guid);
      for (let times = 0; times < 10; times += 1) town.github.webhooks.redeliver(guids.at(-1) ?? '');
      await town.settled();
      expect(await endState(world)).toEqual(before);
      expect(refsOf(world)).toBe(refs);
      worlds.push(world);
      told.push(guids);
    }
    const [one, ...others] = await Promise.all(worlds.map(endState));
    expect(told.every(({ length }) => length > 3)).toBe(true);
    expect(one).toMatchObject({ checks: [1, 1], merged: [{ version: '1.0.0', approvals: ['ben'], merger: 'ben' }] });
    for (const other of others) expect(other).toEqual(one);
  }, 120_000);

  it('what was never told is found by the sweep', async () => {
    const world = await town.openRepository();
    await town.settled();
    town.github.webhooks.relay({ drop: 1 });
    const sweep = async () => {
      await app.sweep();
      await town.settled();
    };
    try {
      for (const digit of ['a', 'b']) await world.register(digit);
      await sweep();
      const [open] = await world.promotions();
      const number = open?.number ?? 0;
      await world.people.approve('ben', number);
      await sweep();
      expect((await world.pullRequest(number)).check?.conclusion).toBe('success');
      await world.people.merge('ben', number);
      await sweep();
    } finally {
      town.github.webhooks.relay({});
    }
    const merged = [{ version: '1.0.1', approvals: ['ben'], merger: 'ben' }];
    expect(await endState(world)).toMatchObject({ promotions: [{ state: 'merged' }], checks: [1], merged });
  });

  it('the head of a merge queue has the check of its pull request', async () => {
    const { world, number } = await proposed();
    await world.people.approve('ben', number);
    await town.settled();
    const { head } = await world.pullRequest(number);
    const queue = `gh-readonly-queue/main/pr-${number}-${head.commit}`;
    const queued = await world.people.push('ben', queue, { 'queued.txt': 'x\n' });
    const merge_group = { head_sha: queued, head_ref: `refs/heads/${queue}`, base_ref: 'refs/heads/main' };
    const group = { name: 'merge_group', action: 'checks_requested', sender: 'ben', payload: { merge_group } };
    town.github.webhooks.tell({ ...group, repository: world.name });
    await town.settled();
    const posted = town.github.state.checkRuns.filter(({ head: of }) => of === queued);
    expect(posted.map(({ conclusion }) => conclusion)).toEqual(['success']);
  });
});

describe('commands', () => {
  it('of strangers, bots, in quotes and second lines, and edited ones change nothing', async () => {
    const { world, number } = await proposed();
    town.github.createUser('eve');
    const before = refsOf(world);
    const stranger = await world.people.comment('eve', number, '/rollback production');
    const again = await world.people.comment('eve', number, '/hold');
    const quoted = await world.people.comment('ben', number, '> /hold\n\nno');
    const second = await world.people.comment('ben', number, 'hello\n/hold');
    const spaced = await world.people.comment('ben', number, ' /hold');
    const { forge } = world.portsOf(town.github.workflowToken(world.name, { issues: 'write', pull_requests: 'write' }));
    const bot = await forge.comments.create(number, '/hold');
    const plain = await world.people.comment('ben', number, 'plain');
    const bens = world.portsOf(town.github.createToken('ben')).forge;
    await bens.comments.edit(plain.id, '/hold');
    await town.settled();
    for (const { id } of [quoted, second, spaced, bot, plain]) expect(await world.people.reactionsOf(id)).toEqual([]);
    expect(await world.people.reactionsOf(stranger.id)).toEqual(['confused']);
    expect(await world.people.reactionsOf(again.id)).toEqual(['confused']);
    const ours = (await world.forge.comments.list(number)).filter(
      ({ author }) => author?.login === 'model-gitops[bot]',
    );
    expect(ours).toHaveLength(1);
    expect(await world.events('held')).toEqual([]);
    expect(before.split('\n').filter((line) => !line.includes('ledger'))).toEqual(
      refsOf(world)
        .split('\n')
        .filter((line) => !line.includes('ledger')),
    );
  });

  const hostile = [
    '/promote 9.9.9',
    '/promote fraud@9.9.9 production',
    '/promote 1.0.0 nowhere',
    '/promote @acme/team',
    '/promote ../../etc/passwd',
    '/promote __proto__ constructor',
    '/promote `1.0.0` <img src=x onerror=alert(1)>',
    '/promote closes #1 | x | <!-- model-gitops:end -->',
    '/hold everything',
  ];

  it('that ask for what is not there are answered, once each, with nothing alive in the answer', async () => {
    const { world, number } = await proposed();
    const before = refsOf(world);
    for (const body of hostile) {
      const { id } = await world.people.comment('ben', number, body);
      await town.settled();
      const [event] = town.github.webhooks.deliveries.filter(({ event: name }) => name === 'issue_comment').slice(-1);
      if (event !== undefined) town.github.webhooks.redeliver(event.guid);
      await town.settled();
      expect((await world.people.reactionsOf(id)).toSorted(), body).toEqual(['confused', 'eyes']);
    }
    const answers = (await world.forge.comments.list(number)).filter(({ author }) => author?.isBot);
    expect(answers).toHaveLength(hostile.length);
    for (const { body } of answers) expectDead(body);
    const heads = (refs: string) => refs.split('\n').filter((line) => !line.includes('ledger'));
    expect(heads(refsOf(world))).toEqual(heads(before));
  }, 120_000);
});

/** Nothing that GitHub would act on, outside of code and of our own comments. */
function expectDead(body: string): void {
  const ours = body.replace(/<!-- model-gitops:[^>]* -->/g, '').replace(/<\/?(details|summary)>/g, '');
  const text = ours.replace(/```[\s\S]*?\n```/g, '').replace(/(`+)[^`][\s\S]*?\1/g, '');
  expect(text, body).not.toMatch(/(^|[^\w`/&])@[a-z]/i);
  expect(text, body).not.toMatch(/(^|[^&\w])#\d/);
  expect(text, body).not.toMatch(/<[a-z!/]/i);
  expect(text, body).not.toMatch(/javascript:/i);
}

describe('hostile words', () => {
  const nasty =
    'x @acme/team closes #1 <img src=x onerror=alert(1)> | a | `b` <!-- model-gitops:end -->\n/hold\n[a](javascript:b)';

  it('of a record, a branch, a title and a committer come out as words', async () => {
    const world = await town.openRepository();
    await world.people.push('anna', 'main', { 'README.md': 'x\n' }, nasty);
    await world.register('a', {
      reportedMetrics: { 'accuracy @acme #1 <b>|': 0.9 },
      parameters: { [nasty]: nasty },
    });
    await town.settled();
    const [first] = await world.promotions();
    const number = first?.number ?? 0;
    expect(first?.state).toBe('open');
    await world.people.push('ben', first?.head.branch ?? '', { '`@acme` <img> #1 | x.py': 'x\n' }, nasty);
    await town.settled();
    const found = await world.pullRequest(number);
    expect(found.check?.conclusion).toBe('failure');
    const title = 'Sneak @acme #2 <script>';
    await world.people.push('ben', 'a-`b`-@acme-#1', { 'registry/fraud/production.yaml': nasty }, nasty);
    const sneak = await world.people.openAs('ben', { branch: 'a-`b`-@acme-#1', base: 'main', title, body: nasty });
    await town.settled();
    const other = await world.pullRequest(sneak);
    expect(other.check?.conclusion).toBe('failure');
    const texts = [found.body, found.check?.summary, found.check?.title, other.check?.summary, other.check?.title];
    for (const text of texts) expectDead(text ?? '');
  });
});
