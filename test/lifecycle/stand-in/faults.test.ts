import type { Fault, PlannedFault } from '@model-gitops/stand-in';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitFiles, createRef, type Story, startStory, statusOf } from './story.ts';

let story: Story;
let token: string;
beforeEach(async () => {
  story = await startStory();
  token = story.github.createToken('bob');
  story.github.requests.reset();
});
afterEach(() => story.github.close());

const api = (path: string, options: RequestInit = {}) =>
  fetch(`${story.github.apiUrl}/repos/acme/penguins${path}`, {
    ...options,
    headers: { authorization: `token ${token}`, 'content-type': 'application/json' },
  });
const comment = (body: string) => api('/issues/1/comments', { method: 'POST', body: JSON.stringify({ body }) });
const commentRoute = 'POST /repos/{owner}/{repo}/issues/{number}/comments';
const comments = () => story.github.state.comments.map(({ body }) => body);
const plan = (...faults: PlannedFault[]) => story.github.faults.plan(faults);
/** What a caller sees: a status, or that there was no answer. */
async function seen(asked: Promise<Response>): Promise<number | 'no answer'> {
  try {
    const answer = await asked;
    await answer.text();
    return answer.status;
  } catch {
    return 'no answer';
  }
}

it('logs each request with its route, answer and asker', async () => {
  await comment('Hello');
  await story.person('alice').graphql('query Look { viewer { login } }');
  await seen(fetch(`${story.github.apiUrl}/nothing`, { headers: { 'user-agent': 'curious' } }));
  expect(story.github.requests.all).toMatchObject([
    {
      method: 'POST',
      path: '/api/v3/repos/acme/penguins/issues/1/comments',
      route: commentRoute,
      status: 201,
      actor: 'bob',
      fault: null,
    },
    { route: 'query Look', status: 200, actor: 'alice', userAgent: expect.stringContaining('octokit') },
    { route: 'GET /nothing', status: 404, actor: '', userAgent: 'curious' },
  ]);
  expect(story.github.requests.count()).toBe(3);
  expect(story.github.requests.count({ route: commentRoute, actor: 'bob' })).toBe(1);
  story.github.requests.reset();
  expect(story.github.requests.count()).toBe(0);
});

it.each<[string, Fault, number | 'no answer', boolean]>([
  ['an error before the effect', { kind: 'error', when: 'before', status: 500 }, 500, false],
  ['an error after it', { kind: 'error', when: 'after' }, 502, true],
  ['a connection that breaks before', { kind: 'reset', when: 'before' }, 'no answer', false],
  ['a connection that breaks after', { kind: 'reset', when: 'after' }, 'no answer', true],
  ['half an answer', { kind: 'reset', when: 'midway' }, 'no answer', true],
  ['the secondary limit', { kind: 'secondary-limit', retryAfterSeconds: 7 }, 403, false],
  ['too many requests', { kind: 'secondary-limit', status: 429 }, 429, false],
  ['the primary limit', { kind: 'primary-limit' }, 403, false],
  ['a slow answer', { kind: 'slow', milliseconds: 5 }, 201, true],
])('plans %s', async (_name, fault, answer, isDone) => {
  plan({ ...fault, route: commentRoute });
  expect(await seen(api(''))).toBe(200);
  expect(await seen(comment('first'))).toBe(answer);
  expect(comments()).toEqual(isDone ? ['first'] : []);
  expect(story.github.faults.struck).toEqual([{ route: commentRoute, fault: expect.objectContaining(fault) }]);
  expect(story.github.requests.count({ fault: fault.kind })).toBe(1);
  expect(await seen(comment('second'))).toBe(201);
});

it('stays silent until the caller gives up', async () => {
  plan({ kind: 'silence', when: 'after', route: commentRoute });
  const body = JSON.stringify({ body: 'heard' });
  const signal = AbortSignal.timeout(300);
  expect(await seen(api('/issues/1/comments', { method: 'POST', body, signal }))).toBe('no answer');
  expect(comments()).toEqual(['heard']);
  await story.github.webhooks.settled();
});

it('closes while somebody waits for an answer', async () => {
  plan({ kind: 'silence', when: 'before' });
  const waiting = seen(api(''));
  await expect.poll(() => story.github.faults.struck.length).toBe(1);
  await story.github.close();
  expect(await waiting).toBe('no answer');
});

it('refuses connections while it is unplugged', async () => {
  await story.github.unplug();
  // a connection that was kept breaks first
  expect(await seen(api(''))).toBe('no answer');
  await expect(api('')).rejects.toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  await story.github.plugIn();
  expect(await seen(api(''))).toBe(200);
  await story.github.unplug();
});

it('says how long to wait, and until when', async () => {
  plan(
    { kind: 'secondary-limit', retryAfterSeconds: 7 },
    { kind: 'primary-limit', resetSeconds: 600, at: 1, times: 2 },
  );
  expect((await api('')).headers.get('retry-after')).toBe('7');
  story.github.clock.advance(86_400_000);
  const { headers } = await api('');
  expect(headers.get('x-ratelimit-remaining')).toBe('0');
  const wait = Number(headers.get('x-ratelimit-reset')) - story.github.clock.now().getTime() / 1000;
  expect(wait).toBeGreaterThan(595);
  expect(wait).toBeLessThan(605);
  const asked = story.person('bob').graphql('{ viewer { login } }');
  await expect(asked).rejects.toMatchObject({ errors: [{ type: 'RATE_LIMITED' }] });
});

it('strikes the call that is counted, and as often as planned', async () => {
  plan({ kind: 'error', when: 'before', at: 1, times: 2 });
  const statuses: (number | string)[] = [];
  for (let call = 0; call < 4; call += 1) statuses.push(await seen(api('')));
  expect(statuses).toEqual([200, 502, 502, 200]);
  plan({ kind: 'error', when: 'before' });
  story.github.faults.clear();
  expect(await seen(api(''))).toBe(200);
});

it('draws faults by a seed', async () => {
  const draw = async (seed: number) => {
    story.github.faults.random({ seed, share: 0.4, faults: [{ kind: 'error', when: 'before' }] });
    const statuses: (number | string)[] = [];
    for (let call = 0; call < 20; call += 1) statuses.push(await seen(api('')));
    return statuses.join(' ');
  };
  const first = await draw(1);
  expect(first).toContain('502');
  expect(first).toContain('200');
  expect(await draw(1)).toBe(first);
  expect(await draw(2)).not.toBe(first);
});

it('answers a read from a copy that is behind by one move', async () => {
  const { base, head, repository } = story;
  const bob = story.person('bob');
  const tips = async () => {
    const { data } = await bob.request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
      ...repository,
      ref: 'heads/',
    });
    return Object.fromEntries(data.map(({ ref, object }) => [ref, object.sha]));
  };
  const before = await tips();
  const next = await commitFiles(bob, { 'x.md': 'x' }, [head]);
  await bob.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...repository, ref: 'heads/feature', sha: next });
  plan({ kind: 'stale', times: 2 });
  expect(await tips()).toEqual(before);
  const query =
    'query Tip { repository(owner: "acme", name: "penguins") { ref(qualifiedName: "feature") { target { oid } } } }';
  expect(await bob.graphql(query)).toMatchObject({ repository: { ref: { target: { oid: head } } } });
  expect(await bob.graphql(query)).toMatchObject({ repository: { ref: { target: { oid: next } } } });
  await createRef(bob, 'refs/heads/new', base);
  plan({ kind: 'stale' });
  expect(await tips()).not.toHaveProperty('refs/heads/new');
  await bob.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...repository, ref: 'heads/new' });
  plan({ kind: 'stale' });
  expect(await tips()).toHaveProperty(['refs/heads/new'], base);
  expect(await tips()).toEqual({ 'refs/heads/main': base, 'refs/heads/feature': next });
  expect(await statusOf(bob.request('GET /repos/{owner}/{repo}', repository))).toBe(200);
});
