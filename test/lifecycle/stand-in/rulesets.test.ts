import { afterEach, beforeEach, expect, it } from 'vitest';
import { commitFiles, createRef, type Story, startStory, statusOf } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.github.close());

const alice = () => story.person('alice');
const moveTo = (ref: string, sha: string, force = false) =>
  alice().request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...story.repository, ref, sha, force });
const remove = (ref: string) =>
  alice().request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...story.repository, ref });
const merge = () =>
  alice().request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...story.repository, pull_number: 1 });

it('keeps a branch from being forced, deleted, or changed without a pull request: admins too', async () => {
  const { github } = story;
  await createRef(alice(), 'refs/heads/kept', story.head);
  github.createRuleset('acme/penguins', { branches: ['k*'], noForcePush: true, noDeletion: true });
  await expect(moveTo('heads/kept', story.base, true)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('Cannot force-push to this branch'),
  });
  expect(await statusOf(remove('heads/kept'))).toBe(422);
  expect(await statusOf(moveTo('heads/kept', await commitFiles(alice(), { x: '1' }, [story.head])))).toBe(200);
  github.createRuleset('acme/penguins', { requiredReviews: 1 });
  await expect(moveTo('heads/main', story.head)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('through a pull request'),
  });
});

it('lets tags of a pattern be made, never moved', async () => {
  story.github.createRuleset('acme/penguins', { tags: ['*@v*'], noDeletion: true });
  await createRef(alice(), 'refs/tags/fraud@v1', story.base);
  expect(await statusOf(moveTo('tags/fraud@v1', story.head))).toBe(422);
  expect(await statusOf(moveTo('tags/fraud@v1', story.head, true))).toBe(422);
  expect(await statusOf(remove('tags/fraud@v1'))).toBe(422);
});

it('waits for a check that is required, and takes it from the named app only', async () => {
  const { github, repository, head } = story;
  const app = await github.createApp({ slug: 'gates', permissions: { checks: 'write' }, events: [] });
  github.createRuleset('acme/penguins', { requiredChecks: [{ context: 'gate', appId: app.id }] });
  await expect(merge()).rejects.toMatchObject({
    status: 405,
    message: expect.stringContaining('Required status check "gate" is expected.'),
  });
  const status = { ...repository, sha: head, context: 'gate', state: 'success' as const };
  await alice().request('POST /repos/{owner}/{repo}/statuses/{sha}', status);
  expect(await statusOf(merge())).toBe(405);
  const run = { ...repository, head_sha: head, name: 'gate', status: 'completed' as const };
  const job = story.as(github.workflowToken('acme/penguins', { checks: 'write' }));
  const failed = { ...run, conclusion: 'success' as const };
  await job.request('POST /repos/{owner}/{repo}/check-runs', failed);
  expect(await statusOf(merge())).toBe(405);
  await expect(moveTo('heads/main', head)).rejects.toMatchObject({ status: 422 });
});

it('shows the rules of a branch', async () => {
  story.github.createRuleset('acme/penguins', {
    requiredReviews: 1,
    requiredChecks: [{ context: 'gate', appId: 7 }],
    noForcePush: true,
  });
  const rules = await alice().request('GET /repos/{owner}/{repo}/rules/branches/{branch}', {
    ...story.repository,
    branch: 'main',
  });
  expect(rules.data.map(({ type }) => type)).toEqual(['non_fast_forward', 'pull_request', 'required_status_checks']);
  const branch = await alice().request('GET /repos/{owner}/{repo}/branches/{branch}', {
    ...story.repository,
    branch: 'main',
  });
  expect(branch.data).toMatchObject({ name: 'main', protected: true, commit: { sha: story.base } });
});
