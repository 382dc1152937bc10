import { createHash } from 'node:crypto';
import type { Octokit } from '@octokit/core';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRef, type Story, startStory, statusOf } from './story.ts';

let story: Story;
let bob: Octokit;

const create = 'POST /repos/{owner}/{repo}/releases';
const change = 'PATCH /repos/{owner}/{repo}/releases/{release_id}';
const byTag = 'GET /repos/{owner}/{repo}/releases/tags/{tag}';
const ref = 'GET /repos/{owner}/{repo}/git/ref/{ref}';
const tag = 'penguins@v1.0.0';

beforeEach(async () => {
  story = await startStory();
  bob = story.person('bob');
});
afterEach(() => story.github.close());

function upload(release: { upload_url: string }, name: string, data: string, octokit = bob) {
  return octokit.request({
    method: 'POST',
    url: release.upload_url,
    name,
    data,
    headers: { 'content-type': 'text/plain' },
  });
}

it('keeps a draft for who writes, and finds it by no tag', async () => {
  const { data } = await bob.request(create, { ...story.repository, tag_name: tag, draft: true });
  expect(data).toMatchObject({ draft: true, published_at: null, immutable: false });
  const seen = async (login: string) => {
    const octokit = story.person(login);
    const all = await octokit.request('GET /repos/{owner}/{repo}/releases', story.repository);
    const one = { ...story.repository, release_id: data.id };
    return [all.data.length, await statusOf(octokit.request('GET /repos/{owner}/{repo}/releases/{release_id}', one))];
  };
  expect(await seen('bob')).toEqual([1, 200]);
  expect(await seen('carol')).toEqual([0, 404]);
  expect(await statusOf(bob.request(byTag, { ...story.repository, tag }))).toBe(404);
  expect(await statusOf(bob.request(ref, { ...story.repository, ref: `tags/${tag}` }))).toBe(404);
});

it('makes a lightweight tag at the target when it is published without one', async () => {
  const { data } = await bob.request(create, {
    ...story.repository,
    tag_name: tag,
    draft: true,
    target_commitish: 'feature',
  });
  const one = { ...story.repository, release_id: data.id };
  const published = await bob.request(change, { ...one, draft: false, make_latest: 'false' });
  expect(published.data).toMatchObject({ draft: false, published_at: expect.any(String) });
  const made = await bob.request(ref, { ...story.repository, ref: `tags/${tag}` });
  expect(made.data.object).toMatchObject({ type: 'commit', sha: story.head });
  expect((await bob.request(byTag, { ...story.repository, tag })).data.id).toBe(data.id);
  await story.github.webhooks.settled();
  const told = story.github.workflowEvents.filter(({ name }) => ['create', 'push', 'release'].includes(name));
  expect(told.slice(-5).map(({ name, action }) => [name, action])).toEqual([
    ['create', null],
    ['push', null],
    ['release', 'edited'],
    ['release', 'published'],
    ['release', 'released'],
  ]);
});

it('leaves a tag that is there where it is', async () => {
  await createRef(bob, `refs/tags/${tag}`, story.base);
  await bob.request(create, { ...story.repository, tag_name: tag, target_commitish: 'feature' });
  const found = await bob.request(ref, { ...story.repository, ref: `tags/${tag}` });
  expect(found.data.object.sha).toBe(story.base);
  expect(await statusOf(bob.request(create, { ...story.repository, tag_name: tag }))).toBe(422);
  const nowhere = { ...story.repository, tag_name: 'other', target_commitish: 'no-such-branch' };
  expect(await statusOf(bob.request(create, nowhere))).toBe(422);
});

it('knows one latest release', async () => {
  await bob.request(create, { ...story.repository, tag_name: 'v1', make_latest: 'true' });
  await bob.request(create, { ...story.repository, tag_name: 'v2', make_latest: 'false' });
  const latest = 'GET /repos/{owner}/{repo}/releases/latest';
  expect((await bob.request(latest, story.repository)).data.tag_name).toBe('v1');
  await bob.request(create, { ...story.repository, tag_name: 'v3' });
  expect((await bob.request(latest, story.repository)).data.tag_name).toBe('v3');
});

it('takes bytes by upload_url, and gives them from another address without a token', async () => {
  const { data: release } = await bob.request(create, { ...story.repository, tag_name: tag, draft: true });
  const { data: asset } = await upload(release, 'model.onnx', 'weights');
  const sha256 = createHash('sha256').update('weights').digest('hex');
  expect(asset).toMatchObject({ name: 'model.onnx', size: 7, state: 'uploaded', digest: `sha256:${sha256}` });
  const headers = { accept: 'application/octet-stream', authorization: `token ${story.github.createToken('bob')}` };
  const sent = await fetch(asset.url, { headers, redirect: 'manual' });
  expect(sent.status).toBe(302);
  const bytes = await fetch(String(sent.headers.get('location')));
  expect(await bytes.text()).toBe('weights');
  expect((await fetch(String(sent.headers.get('location')).slice(0, -1))).status).toBe(404);
  const { Accept: _, ...plain } = { Accept: '', authorization: headers.authorization };
  expect(await (await fetch(asset.url, { headers: plain })).json()).toMatchObject({ name: 'model.onnx' });
});

it('refuses a second file of one name, and who may not write', async () => {
  const { data: release } = await bob.request(create, { ...story.repository, tag_name: tag });
  await upload(release, 'card.md', 'A card');
  expect(await statusOf(upload(release, 'card.md', 'Another'))).toBe(422);
  expect(await statusOf(upload(release, 'other.md', 'A card', story.person('carol')))).toBe(403);
});

it('keeps an immutable release as it was published', async () => {
  const alice = story.person('alice');
  await alice.request('PUT /repos/{owner}/{repo}/immutable-releases', story.repository);
  const { data: release } = await bob.request(create, { ...story.repository, tag_name: tag, draft: true });
  const { data: asset } = await upload(release, 'model.onnx', 'weights');
  const one = { ...story.repository, release_id: release.id };
  expect((await bob.request(change, { ...one, draft: false })).data.immutable).toBe(true);
  expect(await statusOf(upload(release, 'more.txt', 'more'))).toBe(422);
  const file = { ...story.repository, asset_id: asset.id };
  expect(await statusOf(bob.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', file))).toBe(422);
  expect(await statusOf(bob.request(change, { ...one, tag_name: 'elsewhere' }))).toBe(422);
  expect(await statusOf(bob.request(change, { ...one, body: 'Better notes' }))).toBe(200);
  const refs = { ...story.repository, ref: `tags/${tag}` };
  expect(await statusOf(bob.request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', refs))).toBe(422);
  await bob.request('DELETE /repos/{owner}/{repo}/releases/{release_id}', one);
  expect(await statusOf(bob.request(create, { ...story.repository, tag_name: tag }))).toBe(422);
});
