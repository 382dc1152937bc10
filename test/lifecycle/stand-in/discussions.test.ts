import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listener, startListener } from './listener.ts';
import { type Story, startStory, statusOf } from './story.ts';

let story: Story;
let listener: Listener;

beforeEach(async () => {
  story = await startStory();
  listener = await startListener();
  story.github.webhooks.addListener(listener.url, 'a secret of nobody');
});
afterEach(async () => {
  await listener.close();
  await story.github.close();
});

async function heard(event: string) {
  await story.github.webhooks.settled();
  return listener.heard.filter((one) => one.event === event).map(({ payload }) => payload);
}

it('counts issues and pull requests together, and lists pull requests among issues', async () => {
  const bob = story.person('bob');
  const made = await bob.request('POST /repos/{owner}/{repo}/issues', { ...story.repository, title: 'Which bills?' });
  expect(made.data.number).toBe(2);
  const { data } = await bob.request('GET /repos/{owner}/{repo}/issues', story.repository);
  expect(data.map(({ number, pull_request }) => [number, pull_request !== undefined])).toEqual([
    [2, false],
    [1, true],
  ]);
  expect((await heard('issues')).map(({ action, issue }) => [action, issue.number])).toEqual([['opened', 2]]);
});

it('changes a pull request by the address of its issue', async () => {
  const bob = story.person('bob');
  const one = { ...story.repository, issue_number: 1 };
  const { data } = await bob.request('PATCH /repos/{owner}/{repo}/issues/{issue_number}', { ...one, state: 'closed' });
  expect(data).toMatchObject({ state: 'closed', closed_by: { login: 'bob' } });
  const pull = await bob.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {
    ...story.repository,
    pull_number: 1,
  });
  expect(pull.data.state).toBe('closed');
  expect((await heard('pull_request')).map(({ action }) => action)).toContain('closed');
  expect(await heard('issues')).toEqual([]);
});

it('makes a label that the repository lacks, and tells pull_request.labeled', async () => {
  const bob = story.person('bob');
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/labels';
  const { data } = await bob.request(route, { ...story.repository, issue_number: 1, labels: ['model:penguins'] });
  expect(data).toMatchObject([{ name: 'model:penguins', color: 'ededed' }]);
  const { data: all } = await bob.request('GET /repos/{owner}/{repo}/labels', story.repository);
  expect(all.map(({ name }) => name)).toEqual(['model:penguins']);
  const told = (await heard('pull_request')).filter(({ action }) => action === 'labeled');
  expect(told).toMatchObject([
    { label: { name: 'model:penguins' }, pull_request: { labels: [{ name: 'model:penguins' }] } },
  ]);
  const carol = story.person('carol');
  expect(await statusOf(carol.request(route, { ...story.repository, issue_number: 1, labels: ['mine'] }))).toBe(403);
});

it('tells a comment below a pull request as issue_comment with issue.pull_request', async () => {
  const carol = story.person('carol');
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const { data } = await carol.request(route, { ...story.repository, issue_number: 1, body: '/approve' });
  expect(data).toMatchObject({ body: '/approve', user: { login: 'carol' }, author_association: 'COLLABORATOR' });
  const [told] = await heard('issue_comment');
  expect(told).toMatchObject({
    action: 'created',
    comment: { id: data.id, body: '/approve' },
    issue: { number: 1, pull_request: { url: `${story.github.apiUrl}/repos/acme/penguins/pulls/1` } },
    sender: { login: 'carol', type: 'User' },
    repository: { full_name: 'acme/penguins' },
  });
});

it('lets only its author, or who writes, change a comment', async () => {
  const carol = story.person('carol');
  const below = { ...story.repository, issue_number: 1 };
  const made = await carol.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', {
    ...below,
    body: 'a',
  });
  const one = { ...story.repository, comment_id: made.data.id };
  const route = 'PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}';
  story.github.createUser('dave');
  expect(await statusOf(story.person('dave').request(route, { ...one, body: 'b' }))).toBe(403);
  expect(await statusOf(carol.request(route, { ...one, body: 'c' }))).toBe(200);
  expect(await statusOf(story.person('bob').request(route, { ...one, body: 'd' }))).toBe(200);
  const told = await heard('issue_comment');
  expect(told.map(({ action, changes }) => [action, changes?.body.from])).toEqual([
    ['created', undefined],
    ['edited', 'a'],
    ['edited', 'c'],
  ]);
});

it('refuses a body of more than 65 536 characters', async () => {
  const bob = story.person('bob');
  const comment = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const below = { ...story.repository, issue_number: 1 };
  expect(await statusOf(bob.request(comment, { ...below, body: 'x'.repeat(65_536) }))).toBe(201);
  expect(await statusOf(bob.request(comment, { ...below, body: 'x'.repeat(65_537) }))).toBe(422);
  const issue = { ...story.repository, title: 'Long', body: 'x'.repeat(65_537) };
  expect(await statusOf(bob.request('POST /repos/{owner}/{repo}/issues', issue))).toBe(422);
});

it('answers 200 to a reaction that is there already', async () => {
  const bob = story.person('bob');
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/reactions';
  const given = { ...story.repository, issue_number: 1, content: 'eyes' as const };
  const first = await bob.request(route, given);
  const again = await bob.request(route, given);
  expect([first.status, again.status]).toEqual([201, 200]);
  expect(again.data.id).toBe(first.data.id);
  const { data } = await bob.request('GET /repos/{owner}/{repo}/issues/{issue_number}', {
    ...story.repository,
    issue_number: 1,
  });
  expect(data.reactions).toMatchObject({ total_count: 1, eyes: 1 });
});

it('reaches what is below a pull request with either permission, what is below an issue with one', async () => {
  await story.person('bob').request('POST /repos/{owner}/{repo}/issues', { ...story.repository, title: 'Alone' });
  const token = story.github.workflowToken('acme/penguins', { pull_requests: 'write' });
  const route = 'POST /repos/{owner}/{repo}/issues/{issue_number}/comments';
  const given = { ...story.repository, body: 'Hello' };
  const job = story.as(token);
  const { data } = await job.request(route, { ...given, issue_number: 1 });
  expect(data).toMatchObject({ user: { login: 'github-actions[bot]', type: 'Bot' } });
  expect(await statusOf(job.request(route, { ...given, issue_number: 2 }))).toBe(403);
});

it('tells a permission of a collaborator by role', async () => {
  const route = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
  story.github.addCollaborator('acme/penguins', 'mia', 'maintain');
  story.github.addCollaborator('acme/penguins', 'tom', 'triage');
  story.github.createUser('dave');
  const asked = ['alice', 'bob', 'carol', 'mia', 'tom'].map(async (username) => {
    const { data } = await story.person('alice').request(route, { ...story.repository, username });
    return [username, data.permission, data.role_name];
  });
  expect(await Promise.all(asked)).toEqual([
    ['alice', 'admin', 'admin'],
    ['bob', 'write', 'write'],
    ['carol', 'read', 'read'],
    ['mia', 'write', 'maintain'],
    ['tom', 'read', 'triage'],
  ]);
});
