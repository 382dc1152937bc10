import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Story, startStory, statusOf } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await startStory();
  await story.github.createRepository('acme/secret', { private: true });
  story.github.addCollaborator('acme/secret', 'alice', 'maintain');
  story.github.addCollaborator('acme/secret', 'bob', 'triage');
});
afterAll(() => story.github.close());

const secret = { owner: 'acme', repo: 'secret' };
const get = (token: string, where = story.repository) => story.as(token).request('GET /repos/{owner}/{repo}', where);
const blob = (token: string) =>
  story.as(token).request('POST /repos/{owner}/{repo}/git/blobs', { ...story.repository, content: 'x' });

it('knows its tokens', async () => {
  expect(await statusOf(get('ghp_unknown'))).toBe(401);
  expect(await statusOf(get(story.github.createToken('alice')))).toBe(200);
});

it('hides what somebody may not see', async () => {
  expect(await statusOf(get(story.github.createToken('alice'), secret))).toBe(200);
  expect(await statusOf(get(story.github.createToken('carol'), secret))).toBe(404);
  expect(await statusOf(get(story.github.workflowToken('acme/penguins', { contents: 'write' }), secret))).toBe(404);
  expect((await fetch(`${story.github.apiUrl}/repos/acme/secret`)).status).toBe(404);
  expect((await fetch(`${story.github.apiUrl}/repos/acme/penguins`)).status).toBe(200);
});

it('names the permission that is missing', async () => {
  const { github } = story;
  const lacking = [
    github.workflowToken('acme/penguins', { contents: 'read' }),
    github.createToken('bob', { permissions: { contents: 'read' } }),
    github.createToken('carol'),
  ];
  for (const token of lacking)
    await expect(blob(token)).rejects.toMatchObject({
      status: 403,
      response: { headers: { 'x-accepted-github-permissions': 'contents=write' } },
    });
  const anonymous = await fetch(`${github.apiUrl}/repos/acme/penguins/git/blobs`, { method: 'POST', body: '{}' });
  expect(anonymous.status).toBe(401);
});

it('tells what an account may do', async () => {
  const alice = story.person('alice');
  const ask = async (where: typeof secret, username: string) => {
    const path = 'GET /repos/{owner}/{repo}/collaborators/{username}/permission';
    const { data } = await alice.request(path, { ...where, username });
    return [data.permission, data.role_name];
  };
  expect(await ask(secret, 'alice')).toEqual(['write', 'maintain']);
  expect(await ask(secret, 'bob')).toEqual(['read', 'triage']);
  expect(await ask(secret, 'carol')).toEqual(['none', 'none']);
  expect(await ask(story.repository, 'alice')).toEqual(['admin', 'admin']);
  await expect(ask(secret, 'nobody')).rejects.toMatchObject({ status: 404 });
});

it('acts as github-actions[bot] with a job’s token', async () => {
  const { github, repository } = story;
  const job = story.as(github.workflowToken('acme/penguins', { contents: 'write' }));
  const made = await job.request('POST /repos/{owner}/{repo}/git/commits', {
    ...repository,
    message: 'By a job',
    tree: (await job.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', { ...repository, tree_sha: story.base }))
      .data.sha,
    parents: [story.base],
  });
  expect(made.data).toMatchObject({ author: { name: 'github-actions[bot]' }, verification: { verified: true } });
});

it('keeps every secret out of the dump', () => {
  const { github } = story;
  const token = github.createToken('alice');
  const dump = JSON.stringify(github.dump());
  expect(dump).toContain('acme');
  expect(dump).not.toContain(token);
  expect(dump).not.toMatch(/gh[ps]_/);
});

it('refuses what is no JSON', async () => {
  const headers = { authorization: `Bearer ${story.github.createToken('bob')}` };
  const address = `${story.github.apiUrl}/repos/acme/penguins/git/refs`;
  expect((await fetch(address, { method: 'POST', headers, body: '{' })).status).toBe(400);
  expect((await fetch(address, { method: 'POST', headers, body: '[]' })).status).toBe(422);
});
