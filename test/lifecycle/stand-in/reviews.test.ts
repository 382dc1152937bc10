import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listener, startListener } from './listener.ts';
import { commitFiles, type Story, startStory, statusOf } from './story.ts';

let story: Story;
let listener: Listener;
beforeEach(async () => {
  story = await startStory();
  listener = await startListener();
  story.github.webhooks.addListener(listener.url, 'secret');
});
afterEach(async () => {
  await story.github.close();
  await listener.close();
});

const review = (login: string, event: 'APPROVE' | 'REQUEST_CHANGES' | 'COMMENT', body = 'Seen') =>
  story.person(login).request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...story.repository,
    pull_number: 1,
    event,
    body,
  });
const listed = async () =>
  (
    await story
      .person('bob')
      .request('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', { ...story.repository, pull_number: 1 })
  ).data;
const merge = (login: string) =>
  story
    .person(login)
    .request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...story.repository, pull_number: 1 });
const push = async () => {
  const sha = await commitFiles(story.person('bob'), { 'late.md': 'Late\n' }, [story.head]);
  const move = { ...story.repository, ref: 'heads/feature', sha };
  await story.person('bob').request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', move);
};

it('nobody approves what they opened', async () => {
  await expect(review('bob', 'APPROVE')).rejects.toMatchObject({
    status: 422,
    response: { data: { errors: ['Can not approve your own pull request'] } },
  });
  expect((await review('bob', 'COMMENT')).data.state).toBe('COMMENTED');
  expect(await statusOf(review('alice', 'REQUEST_CHANGES', ''))).toBe(422);
});

it('keeps the commit that was looked at; an approval stands after a push', async () => {
  await review('alice', 'APPROVE');
  await push();
  expect(await listed()).toMatchObject([{ state: 'APPROVED', commit_id: story.head, user: { login: 'alice' } }]);
  await story.github.webhooks.settled();
  const told = listener.heard.filter(({ event }) => event === 'pull_request_review');
  expect(told.map(({ payload }) => payload)).toMatchObject([
    { action: 'submitted', review: { state: 'approved', commit_id: story.head } },
  ]);
});

it('dismisses on a push where a ruleset says so, and by hand for who writes', async () => {
  story.github.createRuleset('acme/penguins', { requiredReviews: 1, dismissStale: true });
  const { data } = await review('alice', 'APPROVE');
  await push();
  expect(await listed()).toMatchObject([{ state: 'DISMISSED', commit_id: story.head }]);
  await review('alice', 'APPROVE');
  const dismiss = (login: string, review_id: number) =>
    story.person(login).request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals', {
      ...story.repository,
      pull_number: 1,
      review_id,
      message: 'Too soon',
    });
  const second = (await listed()).find(({ state }) => state === 'APPROVED');
  expect(await statusOf(dismiss('carol', Number(second?.id)))).toBe(403);
  expect((await dismiss('bob', Number(second?.id))).data.state).toBe('DISMISSED');
  expect(await statusOf(dismiss('bob', Number(data.id)))).toBe(422);
});

it('waits for its submission without a verdict, seen by its author only', async () => {
  const alice = story.person('alice');
  const where = { ...story.repository, pull_number: 1 };
  const { data } = await alice.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', where);
  expect(data.state).toBe('PENDING');
  expect(await listed()).toEqual([]);
  const submitted = await alice.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/events', {
    ...where,
    review_id: Number(data.id),
    event: 'APPROVE',
  });
  expect(submitted.data.state).toBe('APPROVED');
  expect(await listed()).toHaveLength(1);
});

it('counts approvals of writers only, the last word of each', async () => {
  story.github.createRuleset('acme/penguins', { requiredReviews: 1 });
  await expect(merge('bob')).rejects.toMatchObject({
    status: 405,
    message: expect.stringContaining('At least 1 approving review is required'),
  });
  await review('carol', 'APPROVE');
  expect(await statusOf(merge('bob'))).toBe(405);
  await review('alice', 'APPROVE');
  await review('alice', 'REQUEST_CHANGES');
  expect(await statusOf(merge('bob'))).toBe(405);
  await review('alice', 'APPROVE');
  await review('alice', 'COMMENT');
  expect(await statusOf(merge('bob'))).toBe(200);
});

it('asks nobody for a review of their own', async () => {
  const ask = (reviewers: string[]) =>
    story.person('bob').request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
      ...story.repository,
      pull_number: 1,
      reviewers,
    });
  expect(await statusOf(ask(['bob']))).toBe(422);
  expect((await ask(['alice'])).data.requested_reviewers?.map(({ login }) => login)).toEqual(['alice']);
});
