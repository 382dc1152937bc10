import type { AppKeys } from '@model-gitops/stand-in';
import { createAppAuth } from '@octokit/auth-app';
import { Octokit } from '@octokit/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listener, startListener } from './listener.ts';
import { commitFiles, type Story, startStory, statusOf } from './story.ts';

let story: Story;
let gate: AppKeys;
let app: Octokit;
let listener: Listener;

const create = 'POST /repos/{owner}/{repo}/check-runs';
const list = 'GET /repos/{owner}/{repo}/commits/{ref}/check-runs';
const merge = 'PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge';

function appClient(keys: AppKeys): Octokit {
  const installationId = story.github.install(keys, 'acme/penguins');
  const auth = { appId: keys.id, privateKey: keys.privateKey, installationId };
  return new Octokit({ baseUrl: story.github.apiUrl, authStrategy: createAppAuth, auth });
}

beforeEach(async () => {
  story = await startStory();
  listener = await startListener();
  const events = ['check_run', 'check_suite', 'status'];
  const permissions = { checks: 'write', statuses: 'write', contents: 'write', pull_requests: 'write' } as const;
  gate = story.github.createApp({ slug: 'gate', permissions, events, webhookUrl: listener.url });
  app = appClient(gate);
});
afterEach(async () => {
  await listener.close();
  await story.github.close();
});

const checkOn = (head: string) => ({ ...story.repository, name: 'gate/promotion', head_sha: head });

async function heard(event: string) {
  await story.github.webhooks.settled();
  return listener.heard.filter((one) => one.event === event).map(({ payload }) => payload);
}

it('takes check runs from apps only, and names the app and the pull requests', async () => {
  const { data } = await app.request(create, { ...checkOn(story.head), conclusion: 'success' });
  expect(data).toMatchObject({
    status: 'completed',
    conclusion: 'success',
    app: { id: gate.id, slug: 'gate' },
    pull_requests: [{ number: 1, head: { ref: 'feature', sha: story.head }, base: { ref: 'main' } }],
  });
  expect(await statusOf(story.person('alice').request(create, checkOn(story.head)))).toBe(403);
  const job = story.as(story.github.workflowToken('acme/penguins', { checks: 'write' }));
  expect((await job.request(create, checkOn(story.head))).data.app?.slug).toBe('github-actions');
  const reader = story.as(story.github.workflowToken('acme/penguins', { checks: 'read' }));
  expect(await statusOf(reader.request(create, checkOn(story.head)))).toBe(403);
});

it('refuses a head that is not there, and a text that is too long', async () => {
  expect(await statusOf(app.request(create, checkOn('0'.repeat(40))))).toBe(422);
  const output = { title: 'Long', summary: 'x'.repeat(65_536) };
  expect(await statusOf(app.request(create, { ...checkOn(story.head), output }))).toBe(422);
});

it('keeps one suite a head and app, and lists the newest run of a name', async () => {
  const first = await app.request(create, { ...checkOn(story.head), conclusion: 'failure' });
  const second = await app.request(create, { ...checkOn(story.head), conclusion: 'success' });
  expect(second.data.check_suite?.id).toBe(first.data.check_suite?.id);
  const of = { ...story.repository, ref: 'feature' };
  const latest = await app.request(list, of);
  expect(latest.data.check_runs.map(({ id }) => id)).toEqual([second.data.id]);
  const all = await app.request(list, { ...of, filter: 'all', app_id: gate.id });
  expect(all.data.total_count).toBe(2);
  const others = await app.request(list, { ...of, check_name: 'another' });
  expect(others.data.total_count).toBe(0);
  const suites = await app.request('GET /repos/{owner}/{repo}/commits/{ref}/check-suites', of);
  expect(suites.data.check_suites).toMatchObject([
    { status: 'completed', conclusion: 'success', app: { id: gate.id } },
  ]);
});

it('lets only its own app change a check run', async () => {
  const { data } = await app.request(create, { ...checkOn(story.head), status: 'in_progress' });
  const one = { ...story.repository, check_run_id: data.id, conclusion: 'success' as const };
  const change = 'PATCH /repos/{owner}/{repo}/check-runs/{check_run_id}';
  const other = appClient(story.github.createApp({ slug: 'other', permissions: { checks: 'write' }, events: [] }));
  expect(await statusOf(other.request(change, one))).toBe(403);
  const changed = await app.request(change, { ...one, output: { title: 'Passed', summary: 'All rules hold' } });
  expect(changed.data).toMatchObject({ status: 'completed', output: { title: 'Passed', summary: 'All rules hold' } });
  const told = await heard('check_run');
  expect(told.map(({ action }) => action)).toEqual(['created', 'completed']);
});

it('asks the app for a suite with each push, and again on request', async () => {
  const head = await commitFiles(story.person('bob'), { 'tail.md': 'Short\n' }, [story.head]);
  const ref = { ...story.repository, ref: 'heads/feature', sha: head };
  await story.person('bob').request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', ref);
  const [asked] = await heard('check_suite');
  expect(asked).toMatchObject({
    action: 'requested',
    check_suite: { head_sha: head, head_branch: 'feature', status: 'queued', app: { id: gate.id } },
    installation: { id: expect.any(Number) },
  });
  const again = { ...story.repository, check_suite_id: asked.check_suite.id };
  await app.request('POST /repos/{owner}/{repo}/check-suites/{check_suite_id}/rerequest', again);
  expect((await heard('check_suite')).map(({ action }) => action)).toEqual(['requested', 'rerequested']);
});

it('combines the newest status of each context', async () => {
  const route = 'POST /repos/{owner}/{repo}/statuses/{sha}';
  const on = { ...story.repository, sha: story.head };
  await app.request(route, { ...on, state: 'failure', context: 'train' });
  await app.request(route, { ...on, state: 'success', context: 'train' });
  const combined = 'GET /repos/{owner}/{repo}/commits/{ref}/status';
  const of = { ...story.repository, ref: story.head };
  expect((await app.request(combined, of)).data).toMatchObject({ state: 'success', total_count: 1 });
  await app.request(route, { ...on, state: 'pending', context: 'deploy' });
  expect((await app.request(combined, of)).data).toMatchObject({ state: 'pending', total_count: 2 });
  const told = await heard('status');
  expect(told[0]).toMatchObject({ sha: story.head, state: 'failure', branches: [{ name: 'feature' }] });
});

it('merges only once the required check of the right app has passed', async () => {
  const requiredChecks = [{ context: 'gate/promotion', appId: gate.id }];
  story.github.createRuleset('acme/penguins', { requiredChecks });
  const bob = story.person('bob');
  const one = { ...story.repository, pull_number: 1 };
  expect(await statusOf(bob.request(merge, one))).toBe(405);
  const job = story.as(story.github.workflowToken('acme/penguins', { checks: 'write', statuses: 'write' }));
  await job.request(create, { ...checkOn(story.head), conclusion: 'success' });
  const status = { ...story.repository, sha: story.head, state: 'success' as const, context: 'gate/promotion' };
  await bob.request('POST /repos/{owner}/{repo}/statuses/{sha}', status);
  expect(await statusOf(bob.request(merge, one))).toBe(405);
  await app.request(create, { ...checkOn(story.head), conclusion: 'failure' });
  expect(await statusOf(bob.request(merge, one))).toBe(405);
  await app.request(create, { ...checkOn(story.head), conclusion: 'success' });
  expect(await statusOf(bob.request(merge, one))).toBe(200);
});
