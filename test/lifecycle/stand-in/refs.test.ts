import { afterAll, beforeAll, expect, it } from 'vitest';
import { type Listener, startListener } from './listener.ts';
import { commitFiles, createRef, type Story, startStory, statusOf } from './story.ts';

let story: Story;
let listener: Listener;
const zero = '0'.repeat(40);
beforeAll(async () => {
  story = await startStory();
  listener = await startListener();
  story.github.webhooks.addListener(listener.url, 'secret');
});
afterAll(async () => {
  await story.github.close();
  await listener.close();
});

const bob = () => story.person('bob');
const moveTo = (ref: string, sha: string, force = false) =>
  bob().request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...story.repository, ref, sha, force });
const remove = (ref: string) =>
  bob().request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', { ...story.repository, ref });
const read = (ref: string) => bob().request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ...story.repository, ref });

async function heardOf(name: string) {
  await story.github.webhooks.settled();
  return listener.heard.filter(({ event }) => event === name).map(({ payload }) => payload);
}

it('refuses a ref that is there, and a branch beside a folder of branches', async () => {
  await createRef(bob(), 'refs/heads/a/b', story.base);
  await expect(createRef(bob(), 'refs/heads/a/b', story.base)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('Reference already exists'),
  });
  expect(await statusOf(createRef(bob(), 'refs/heads/a', story.base).then(() => ({ status: 201 })))).toBe(422);
  await expect(read('heads/a')).rejects.toMatchObject({ status: 404 });
});

it('refuses names and objects that cannot be', async () => {
  for (const ref of ['heads/x', 'refs/heads/', 'refs/heads/a..b', 'refs/pull/9/head'])
    await expect(createRef(bob(), ref, story.base)).rejects.toMatchObject({ status: 422 });
  await expect(createRef(bob(), 'refs/heads/none', '1'.repeat(40))).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('Object does not exist'),
  });
});

it('moves forward only, unless forced; a missing ref is 422', async () => {
  const next = await commitFiles(bob(), { 'next.md': '1' }, [story.base]);
  await createRef(bob(), 'refs/heads/forward', next);
  await expect(moveTo('heads/forward', story.base)).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('Update is not a fast forward'),
  });
  expect((await moveTo('heads/forward', story.base, true)).data.object.sha).toBe(story.base);
  await expect(moveTo('heads/nowhere', story.base)).rejects.toMatchObject({ status: 422 });
  await expect(remove('heads/nowhere')).rejects.toMatchObject({ status: 422 });
});

it('of two that move a ref at once one loses', async () => {
  await createRef(bob(), 'refs/heads/race', story.base);
  const commits = await Promise.all([1, 2, 3, 4].map((n) => commitFiles(bob(), { 'race.md': `${n}` }, [story.base])));
  const answers = await Promise.all(commits.map((sha) => statusOf(moveTo('heads/race', sha))));
  expect(answers.toSorted()).toEqual([200, 422, 422, 422]);
  expect((await read('heads/race')).data.object.sha).toBe(commits[answers.indexOf(200)]);
});

it('of two that create a ref at once one loses', async () => {
  const made = ['x', 'y', 'z'].map(() => createRef(bob(), 'refs/tags/once', story.base).then(() => ({ status: 201 })));
  expect((await Promise.all(made.map(statusOf))).toSorted()).toEqual([201, 422, 422]);
});

it('lists what a prefix matches, tags by their own id', async () => {
  const tag = { tag: 'm@v1', message: 'm v1\n\n{"a":1}', object: story.base, type: 'commit' as const };
  const made = await bob().request('POST /repos/{owner}/{repo}/git/tags', { ...story.repository, ...tag });
  await createRef(bob(), 'refs/tags/m@v1', made.data.sha);
  const found = await bob().request('GET /repos/{owner}/{repo}/git/matching-refs/{ref}', {
    ...story.repository,
    ref: 'tags/m@',
  });
  expect(found.data.map(({ ref, object }) => [ref, object.type, object.sha])).toEqual([
    ['refs/tags/m@v1', 'tag', made.data.sha],
  ]);
  const again = await bob().request('GET /repos/{owner}/{repo}/git/tags/{tag_sha}', {
    ...story.repository,
    tag_sha: made.data.sha,
  });
  expect(again.data.message).toBe('m v1\n\n{"a":1}');
});

it('tells create with the short ref, push, and delete', async () => {
  const next = await commitFiles(bob(), { 'told.md': 'one\n', 'README.md': 'Changed\n' }, [story.base]);
  await createRef(bob(), 'refs/heads/told', story.base);
  await moveTo('heads/told', next);
  await remove('heads/told');
  const pushes = (await heardOf('push')).filter(({ ref }) => ref === 'refs/heads/told');
  const byCreation = pushes.find(({ created }) => created);
  const byMove = pushes.find(({ created, deleted }) => !created && !deleted);
  const byDeletion = pushes.find(({ deleted }) => deleted);
  expect(byCreation).toMatchObject({ before: zero, after: story.base, commits: [], head_commit: { id: story.base } });
  expect(byMove).toMatchObject({
    before: story.base,
    after: next,
    forced: false,
    pusher: { name: 'bob' },
    sender: { login: 'bob' },
    head_commit: { id: next },
    commits: [{ id: next, added: ['told.md'], modified: ['README.md'], removed: [], author: { username: 'bob' } }],
  });
  expect(byDeletion).toMatchObject({ before: next, after: zero, head_commit: null, commits: [] });
  expect((await heardOf('create')).filter(({ ref }) => ref === 'told')).toMatchObject([{ ref_type: 'branch' }]);
  expect((await heardOf('delete')).filter(({ ref }) => ref === 'told')).toMatchObject([{ ref_type: 'branch' }]);
});

it('remembers who moved which branch', async () => {
  const { data } = await bob().request('GET /repos/{owner}/{repo}/activity', { ...story.repository, ref: 'forward' });
  expect(data.map((one) => [one.activity_type, one.actor?.login, one.after])).toEqual([
    ['force_push', 'bob', story.base],
    ['branch_creation', 'bob', expect.any(String)],
  ]);
});

it('keeps the default branch', async () => {
  await expect(remove('heads/main')).rejects.toMatchObject({ status: 422 });
});

it('refuses a ref to other workflow files than some branch has, to a token without that permission', async () => {
  const { github } = story;
  const job = story.as(github.workflowToken('acme/penguins', { contents: 'write' }));
  const fine = story.as(github.createToken('bob', { permissions: { contents: 'write', workflows: 'write' } }));
  const workflow = await commitFiles(bob(), { '.github/workflows/a.yml': 'on: push\n' }, [story.base]);
  await expect(createRef(job, 'refs/tags/w', workflow)).rejects.toMatchObject({
    status: 403,
    response: { headers: { 'x-accepted-github-permissions': 'contents=write,workflows=write' } },
  });
  await createRef(job, 'refs/tags/plain', story.base);
  await createRef(fine, 'refs/heads/workflows', workflow);
  await createRef(job, 'refs/tags/w', workflow);
});
