import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Story, startStory } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.github.close());

const ask = (token: string, path: string, options: RequestInit = {}) =>
  fetch(`${story.github.apiUrl}${path}`, {
    ...options,
    headers: { ...(token === '' ? {} : { authorization: `token ${token}` }), ...options.headers },
  });
const repository = '/repos/acme/penguins';
const comment = (token: string) =>
  ask(token, `${repository}/issues/1/comments`, { method: 'POST', body: '{"body":"again"}' });
const remaining = async (asked: Promise<Response>) => Number((await asked).headers.get('x-ratelimit-remaining'));

it('tells what is left of the hour: less for a workflow than for a person', async () => {
  const workflow = story.github.workflowToken('acme/penguins', { contents: 'read' });
  const person = story.github.createToken('carol');
  expect(await remaining(ask(workflow, repository))).toBe(999);
  expect(await remaining(ask(workflow, repository))).toBe(998);
  expect(await remaining(ask(person, repository))).toBe(4999);
  expect(await remaining(ask('', repository))).toBe(59);
  const again = story.github.workflowToken('acme/penguins', { contents: 'read' });
  expect(await remaining(ask(again, repository))).toBe(997);
  const { headers } = await ask(person, repository);
  expect(headers.get('x-ratelimit-resource')).toBe('core');
  expect(Number(headers.get('x-ratelimit-reset'))).toBeGreaterThan(Date.now() / 1000 + 3500);
});

it('tells the limits when it is asked, at no cost', async () => {
  const person = story.github.createToken('carol');
  await ask(person, repository);
  for (let call = 0; call < 2; call += 1) {
    const told = (await (await ask(person, '/rate_limit')).json()) as { rate: object };
    expect(told.rate).toMatchObject({ limit: 5000, used: 1, remaining: 4999 });
  }
});

it('answers a read that found nothing new by 304, which does not count', async () => {
  const person = story.github.createToken('carol');
  const first = await ask(person, repository);
  const etag = first.headers.get('etag') ?? '';
  expect(etag).toMatch(/^W\/"[0-9a-f]{64}"$/);
  const again = await ask(person, repository, { headers: { 'if-none-match': etag } });
  expect([again.status, await again.text()]).toEqual([304, '']);
  expect(again.headers.get('x-ratelimit-remaining')).toBe('4999');
  const other = await ask(story.github.createToken('bob'), repository, { headers: { 'if-none-match': etag } });
  expect(other.status).toBe(200);
  await comment(story.github.createToken('alice'));
  const issue = await ask(person, `${repository}/issues/1`);
  await comment(story.github.createToken('alice'));
  const tag = issue.headers.get('etag') ?? '';
  expect((await ask(person, `${repository}/issues/1`, { headers: { 'if-none-match': tag } })).status).toBe(200);
});

it('refuses who wrote too much in a minute, where it is strict', async () => {
  const alice = story.github.createToken('alice');
  story.github.limits.strict = true;
  for (let call = 0; call < 80; call += 1) expect((await comment(alice)).status).toBe(201);
  const refused = await comment(alice);
  expect(refused.status).toBe(403);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(((await refused.json()) as { message: string }).message).toMatch(/secondary rate limit/);
  expect(story.github.state.comments).toHaveLength(80);
  expect((await comment(story.github.createToken('bob'))).status).toBe(201);
  story.github.clock.advance(61_000);
  expect((await comment(alice)).status).toBe(201);
  story.github.limits.strict = false;
  for (let call = 0; call < 81; call += 1) await comment(alice);
  expect((await comment(alice)).status).toBe(201);
});

it('refuses who used up the hour until it is over, where it is strict', async () => {
  story.github.limits.strict = true;
  for (let call = 0; call < 60; call += 1) expect((await ask('', repository)).status).toBe(200);
  const refused = await ask('', repository);
  expect([refused.status, refused.headers.get('x-ratelimit-remaining')]).toEqual([403, '0']);
  story.github.clock.advance(3_600_000);
  expect((await ask('', repository)).status).toBe(200);
});

it('writes all times by its own clock', async () => {
  story.github.clock.advance(10 * 86_400_000);
  const answer = await comment(story.github.createToken('alice'));
  const { created_at: at } = (await answer.json()) as { created_at: string };
  expect(new Date(at).getTime()).toBeGreaterThan(Date.now() + 9 * 86_400_000);
});
