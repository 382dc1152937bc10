import { createHmac } from 'node:crypto';
import type { AppKeys } from '@model-gitops/stand-in';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Heard, type Listener, startListener } from './listener.ts';
import { type Story, startStory } from './story.ts';

let story: Story;
let app: AppKeys;
let listener: Listener;
let onHeard: (heard: Heard) => Promise<number>;

const comment = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
const say = (body: string, login = 'carol') =>
  story.person(login).request(comment, { ...story.repository, issue_number: 1, body });
const bodies = () => listener.heard.map(({ payload }) => payload.comment.body);

beforeEach(async () => {
  story = await startStory();
  onHeard = async () => 200;
  listener = await startListener((heard) => onHeard(heard));
  const permissions = { issues: 'write' } as const;
  app = story.github.createApp({ slug: 'gate', permissions, events: ['issue_comment'], webhookUrl: listener.url });
  story.github.install(app, 'acme/penguins');
  await story.github.webhooks.settled();
  (listener.heard as Heard[]).length = 0;
});
afterEach(async () => {
  await listener.close();
  await story.github.close();
});

it('tells an app by signed post, with sender, repository and installation', async () => {
  await say('Hello');
  await story.github.webhooks.settled();
  const [{ headers, body, payload }] = listener.heard as [Heard];
  const signature = createHmac('sha256', app.webhookSecret).update(body).digest('hex');
  expect(headers).toMatchObject({
    'x-github-event': 'issue_comment',
    'x-github-delivery': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-hub-signature-256': `sha256=${signature}`,
  });
  expect(payload).toMatchObject({
    action: 'created',
    sender: { login: 'carol' },
    repository: { full_name: 'acme/penguins' },
    installation: { id: expect.any(Number) },
  });
  const [delivery] = story.github.webhooks.deliveries.filter(({ event }) => event === 'issue_comment');
  expect(delivery).toMatchObject({ guid: headers['x-github-delivery'], status: 200, error: null });
});

it('tells only what was subscribed to, and only of repositories where it is installed', async () => {
  const bob = story.person('bob');
  await bob.request('POST /repos/{owner}/{repo}/issues', { ...story.repository, title: 'Not subscribed to' });
  await story.github.createRepository('acme/elsewhere');
  const elsewhere = { owner: 'acme', repo: 'elsewhere' };
  story.github.addCollaborator('acme/elsewhere', 'bob', 'write');
  const { data } = await bob.request('POST /repos/{owner}/{repo}/issues', { ...elsewhere, title: 'Elsewhere' });
  await bob.request(comment, { ...elsewhere, issue_number: data.number, body: 'Not installed' });
  await story.github.webhooks.settled();
  expect(listener.heard).toEqual([]);
});

it('never tries again, and delivers again under the same GUID when asked', async () => {
  onHeard = async () => 500;
  await say('Lost');
  await story.github.webhooks.settled();
  expect(listener.heard).toHaveLength(1);
  const guid = String(listener.heard[0]?.headers['x-github-delivery']);
  onHeard = async () => 200;
  story.github.webhooks.redeliver(guid);
  await story.github.webhooks.settled();
  expect(listener.heard.map(({ headers }) => headers['x-github-delivery'])).toEqual([guid, guid]);
  expect(listener.heard[1]?.body).toBe(listener.heard[0]?.body);
  const log = story.github.webhooks.deliveries.filter((one) => one.guid === guid);
  expect(log.map(({ status, isRedelivery }) => [status, isRedelivery])).toEqual([
    [500, false],
    [200, true],
  ]);
});

it('goes on when nobody listens', async () => {
  await listener.close();
  expect((await say('To nobody')).status).toBe(201);
  await story.github.webhooks.settled();
  const last = story.github.webhooks.deliveries.at(-1);
  expect(last).toMatchObject({ status: null, error: expect.any(String) });
});

it('gives up on who takes too long', async () => {
  story.github.webhooks.limit(30);
  onHeard = () => new Promise((resolve) => setTimeout(() => resolve(200), 150));
  await say('Slow');
  await story.github.webhooks.settled();
  expect(story.github.webhooks.deliveries.at(-1)).toMatchObject({ status: null, error: 'timed out' });
});

it('tells what it does not do itself, as if it had', async () => {
  const { id } = story.github.createApp({ slug: 'queue', permissions: {}, events: ['merge_group'] });
  story.github.install({ id }, 'acme/penguins');
  story.github.setWebhookUrl({ id }, listener.url);
  const payload = { merge_group: { head_sha: story.head, base_ref: 'refs/heads/main' } };
  const event = { name: 'merge_group', action: 'checks_requested', repository: 'acme/penguins', sender: 'bob' };
  story.github.webhooks.tell({ ...event, payload });
  await story.github.webhooks.settled();
  expect(listener.heard).toMatchObject([{ event: 'merge_group', payload: { ...payload, action: 'checks_requested' } }]);
});

it('settles only after what the handlers caused', async () => {
  const bot = story.as(story.github.workflowToken('acme/penguins', { issues: 'write' }));
  onHeard = async ({ payload }) => {
    if (payload.sender.type === 'Bot') return 200;
    const answer = { ...story.repository, issue_number: 1, body: `Answer to ${payload.comment.body}` };
    await bot.request(comment, answer);
    return 200;
  };
  await say('one');
  await story.github.webhooks.settled();
  expect(bodies()).toEqual(['one', 'Answer to one']);
});

it('tells the doings of a workflow by webhook, though they start no workflow', async () => {
  const job = story.as(story.github.workflowToken('acme/penguins', { issues: 'write' }));
  await job.request(comment, { ...story.repository, issue_number: 1, body: 'From a job' });
  await say('From a person');
  await story.github.webhooks.settled();
  expect(listener.heard.map(({ payload }) => payload.sender.login)).toEqual(['github-actions[bot]', 'carol']);
  const told = story.github.workflowEvents.filter(({ name }) => name === 'issue_comment');
  expect(told.map(({ actor, start }) => [actor, start])).toEqual([
    ['github-actions[bot]', 'none'],
    ['carol', 'runs'],
  ]);
});

it('keeps what happens while it is held, as it was', async () => {
  story.github.webhooks.hold();
  const { data } = await say('before');
  const one = { ...story.repository, comment_id: data.id, body: 'after' };
  await story.person('carol').request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', one);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(listener.heard).toEqual([]);
  story.github.webhooks.release();
  await story.github.webhooks.settled();
  expect(bodies()).toEqual(['before', 'after']);
});

it('drops, doubles and reorders by plan, the same way for the same seed', async () => {
  const { webhooks } = story.github;
  webhooks.relay({ drop: 1 });
  await say('dropped');
  await webhooks.settled();
  expect(listener.heard).toEqual([]);
  webhooks.relay({ double: 1 });
  await say('doubled');
  await webhooks.settled();
  expect(new Set(listener.heard.map(({ headers }) => headers['x-github-delivery'])).size).toBe(1);
  expect(bodies()).toEqual(['doubled', 'doubled']);
  (listener.heard as Heard[]).length = 0;
  webhooks.relay({ reorder: 0.5, seed: 3 });
  webhooks.hold();
  for (const text of ['a', 'b', 'c', 'd', 'e', 'f']) await say(text);
  webhooks.release();
  await webhooks.settled();
  expect(bodies()).not.toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
  expect(bodies().toSorted()).toEqual(['a', 'b', 'c', 'd', 'e', 'f']);
});

it('tells a second instance of the same app, until it stops listening', async () => {
  const second = await startListener();
  const stop = story.github.webhooks.addListener(second.url, app.webhookSecret);
  await say('to both');
  await story.github.webhooks.settled();
  const signature = createHmac('sha256', app.webhookSecret)
    .update(second.heard[0]?.body ?? '')
    .digest('hex');
  expect(second.heard[0]?.headers['x-hub-signature-256']).toBe(`sha256=${signature}`);
  expect(second.heard[0]?.payload.installation).toEqual(listener.heard[0]?.payload.installation);
  stop();
  await say('to one');
  await story.github.webhooks.settled();
  expect([listener.heard.length, second.heard.length]).toEqual([2, 1]);
  await second.close();
});

it('tells a hook of the repository what it asked for', async () => {
  const other = await startListener();
  const config = { url: other.url, secret: 'of the hook' };
  const hook = { ...story.repository, config, events: ['issues'] };
  await story.person('alice').request('POST /repos/{owner}/{repo}/hooks', hook);
  await story.person('bob').request('POST /repos/{owner}/{repo}/issues', { ...story.repository, title: 'Asked for' });
  await say('Not asked for');
  await story.github.webhooks.settled();
  expect(other.heard.map(({ event }) => event)).toEqual(['ping', 'issues']);
  await other.close();
});
