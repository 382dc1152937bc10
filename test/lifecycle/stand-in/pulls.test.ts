import { execFileSync } from 'node:child_process';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listener, startListener } from './listener.ts';
import { commitFiles, createRef, type Story, startStory, statusOf } from './story.ts';

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

const bob = () => story.person('bob');
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: story.github.gitFolder('acme/penguins'), encoding: 'utf8' }).trim();
const open = (head: string, more: object = {}) =>
  bob().request('POST /repos/{owner}/{repo}/pulls', { ...story.repository, title: 'T', head, base: 'main', ...more });
const read = async (pull_number: number) =>
  (await bob().request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { ...story.repository, pull_number })).data;
const merge = (pull_number: number, more: object = {}) =>
  bob().request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...story.repository, pull_number, ...more });
const moveTo = (ref: string, sha: string, force = false) =>
  bob().request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...story.repository, ref, sha, force });
const branch = async (name: string, files: Record<string, string>, from = story.base) => {
  const sha = await commitFiles(bob(), files, [from]);
  await createRef(bob(), `refs/heads/${name}`, sha);
  return sha;
};
async function heardOf(name: string, action?: string) {
  await story.github.webhooks.settled();
  const heard = listener.heard.filter(
    ({ event, payload }) => event === name && (action ?? payload.action) === payload.action,
  );
  return heard.map(({ payload }) => payload);
}

it('refuses a duplicate, an empty difference, a missing branch, and a body that is too long', async () => {
  await createRef(bob(), 'refs/heads/same', story.base);
  await expect(open('feature')).rejects.toMatchObject({
    status: 422,
    message: expect.stringContaining('A pull request already exists for acme:feature.'),
  });
  await expect(open('same')).rejects.toMatchObject({ message: expect.stringContaining('No commits between') });
  await expect(open('nowhere')).rejects.toMatchObject({ status: 422, message: expect.stringContaining('head') });
  await branch('long', { x: '1' });
  expect(await statusOf(open('long', { body: 'x'.repeat(65_537) }))).toBe(422);
  expect(await statusOf(open('long', { base: 'nowhere' }))).toBe(422);
});

it('of two that open the same at once one is the duplicate', async () => {
  await branch('twice', { x: '1' });
  const answers = await Promise.all([1, 2, 3].map(() => statusOf(open('twice'))));
  expect(answers.toSorted()).toEqual([201, 422, 422]);
});

it('follows its branch, and tries the merge anew', async () => {
  expect((await read(1)).mergeable).toBeNull();
  expect(await read(1)).toMatchObject({ mergeable: true, mergeable_state: 'clean', head: { sha: story.head } });
  const next = await commitFiles(bob(), { 'README.md': 'Ours\n' }, [story.head]);
  await moveTo('heads/feature', next);
  expect(await read(1)).toMatchObject({ mergeable: null, mergeable_state: 'unknown', head: { sha: next } });
  expect(await heardOf('pull_request', 'synchronize')).toMatchObject([
    { number: 1, before: story.head, after: next, sender: { login: 'bob' }, pull_request: { head: { sha: next } } },
  ]);
  await moveTo('heads/main', await commitFiles(bob(), { 'README.md': 'Theirs\n' }, [story.base]));
  expect((await read(1)).mergeable).toBeNull();
  expect(await read(1)).toMatchObject({ mergeable: false, mergeable_state: 'dirty' });
  expect(await statusOf(merge(1))).toBe(405);
});

it('merges three-way: of two unrelated ones the second keeps what the first brought', async () => {
  await branch('other', { 'other.md': 'Other\n' });
  await open('other');
  expect(await statusOf(merge(1, { sha: story.base }))).toBe(409);
  const first = await merge(1, { sha: story.head });
  const second = await merge(2);
  expect(git('ls-tree', '--name-only', 'main').split('\n')).toEqual(['README.md', 'bill.md', 'other.md']);
  expect(git('rev-list', '--parents', '-1', second.data.sha)).toBe(
    `${second.data.sha} ${first.data.sha} ${git('rev-parse', 'other')}`,
  );
  expect(await statusOf(merge(1))).toBe(405);
  expect(await read(1)).toMatchObject({
    state: 'closed',
    merged: true,
    merged_by: { login: 'bob' },
    merge_commit_sha: first.data.sha,
  });
  const pushes = (await heardOf('push')).filter(({ ref }) => ref === 'refs/heads/main');
  expect(pushes.map(({ after }) => after).toSorted()).toEqual([first.data.sha, second.data.sha].toSorted());
  const closed = await heardOf('pull_request', 'closed');
  expect(closed.map(({ pull_request }) => pull_request.merged)).toEqual([true, true]);
  const pulls = await bob().request('GET /repos/{owner}/{repo}/commits/{commit_sha}/pulls', {
    ...story.repository,
    commit_sha: second.data.sha,
  });
  expect(pulls.data.map(({ number }) => number)).toEqual([2]);
});

it('squashes into one commit of the author, committed by GitHub', async () => {
  const next = await commitFiles(bob(), { 'more.md': 'More\n' }, [story.head]);
  await moveTo('heads/feature', next);
  const alice = story.person('alice');
  const { data } = await alice.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', {
    ...story.repository,
    pull_number: 1,
    merge_method: 'squash',
  });
  expect(git('log', '-1', '--format=%P %an %cn %s', data.sha)).toBe(`${story.base} bob GitHub Bills (#1)`);
  expect(git('diff', '--name-only', story.base, data.sha)).toBe('bill.md\nmore.md');
  expect(await read(1)).toMatchObject({ merged: true, merged_by: { login: 'alice' }, merge_commit_sha: data.sha });
});

it('rebases commit by commit onto the base', async () => {
  await moveTo('heads/feature', await commitFiles(bob(), { 'more.md': 'More\n' }, [story.head]));
  const main = await commitFiles(bob(), { 'main.md': 'Main\n' }, [story.base]);
  await moveTo('heads/main', main);
  const { data } = await merge(1, { merge_method: 'rebase' });
  expect(git('log', '--format=%an', `${main}..${data.sha}`).split('\n')).toEqual(['bob', 'bob']);
  expect(git('rev-list', '--merges', `${main}..${data.sha}`)).toBe('');
  expect(git('ls-tree', '--name-only', 'main').split('\n')).toEqual(['README.md', 'bill.md', 'main.md', 'more.md']);
});

it('one of two merges at once is refused, and nothing is merged twice', async () => {
  const answers = await Promise.all([statusOf(merge(1)), statusOf(merge(1))]);
  expect(answers.toSorted()).toEqual([200, 405]);
  expect(git('rev-list', '--merges', '--count', 'main')).toBe('1');
  expect(await heardOf('pull_request', 'closed')).toHaveLength(1);
});

it('counts as merged what a push brought into the base', async () => {
  const alice = story.person('alice');
  await alice.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', {
    ...story.repository,
    ref: 'heads/main',
    sha: story.head,
  });
  expect(await read(1)).toMatchObject({ merged: true, merged_by: { login: 'alice' }, merge_commit_sha: story.head });
});

it('closes with its branch, and opens again with it only', async () => {
  const remove = { ...story.repository, ref: 'heads/feature' };
  await bob().request('DELETE /repos/{owner}/{repo}/git/refs/{ref}', remove);
  expect(await read(1)).toMatchObject({ state: 'closed', merged: false });
  const reopen = () =>
    bob().request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...story.repository,
      pull_number: 1,
      state: 'open',
    });
  expect(await statusOf(reopen())).toBe(422);
  await createRef(bob(), 'refs/heads/feature', story.head);
  expect((await reopen()).data.state).toBe('open');
  expect(await heardOf('pull_request', 'reopened')).toHaveLength(1);
});

it('tells what was edited, and who may not edit', async () => {
  const edit = (login: string, changes: object) =>
    story.person(login).request('PATCH /repos/{owner}/{repo}/pulls/{pull_number}', {
      ...story.repository,
      pull_number: 1,
      ...changes,
    });
  await edit('bob', { body: 'Shorter' });
  expect(await heardOf('pull_request', 'edited')).toMatchObject([{ changes: { body: { from: 'Longer bills' } } }]);
  expect(await statusOf(edit('carol', { title: 'Mine' }))).toBe(403);
});

it('comes from a fork: its head is here, and follows there', async () => {
  const fork = await story.github.fork('acme/penguins', 'dora');
  const dora = story.person('dora');
  const there = { owner: 'dora', repo: 'penguins' };
  const write = async (content: string, parent: string) => {
    const tree = [{ path: 'fork.md', mode: '100644' as const, content }];
    const made = await dora.request('POST /repos/{owner}/{repo}/git/trees', { ...there, base_tree: parent, tree });
    const commit = { message: 'Fork', tree: made.data.sha, parents: [parent] };
    return (await dora.request('POST /repos/{owner}/{repo}/git/commits', { ...there, ...commit })).data.sha;
  };
  const first = await write('1', story.base);
  await dora.request('POST /repos/{owner}/{repo}/git/refs', { ...there, ref: 'refs/heads/mine', sha: first });
  const asked = { ...story.repository, title: 'From a fork', head: 'dora:mine', base: 'main' };
  const { data } = await dora.request('POST /repos/{owner}/{repo}/pulls', asked);
  expect(data).toMatchObject({ number: 2, head: { sha: first, label: 'dora:mine', repo: { full_name: fork } } });
  expect(git('rev-parse', 'refs/pull/2/head')).toBe(first);
  const second = await write('2', first);
  await dora.request('PATCH /repos/{owner}/{repo}/git/refs/{ref}', { ...there, ref: 'heads/mine', sha: second });
  expect((await read(2)).head.sha).toBe(second);
  expect(
    await statusOf(
      dora.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/merge', { ...story.repository, pull_number: 2 }),
    ),
  ).toBe(403);
  await merge(2);
  expect(git('show', 'main:fork.md')).toBe('2');
});

it('lists files with their kinds, old names too', async () => {
  const text = 'a long enough text\nto be known again\n'.repeat(5);
  await moveTo('heads/main', await commitFiles(bob(), { 'old.md': text }, [story.base]));
  const main = git('rev-parse', 'main');
  const sha = await commitFiles(bob(), { 'new.md': text, 'bin.dat': '\u0000x' }, [main]);
  const removal = await bob().request('POST /repos/{owner}/{repo}/git/trees', {
    ...story.repository,
    base_tree: sha,
    tree: [{ path: 'old.md', mode: '100644', type: 'blob', sha: null }],
  });
  const commit = { message: 'Rename', tree: removal.data.sha, parents: [main] };
  const made = await bob().request('POST /repos/{owner}/{repo}/git/commits', { ...story.repository, ...commit });
  await createRef(bob(), 'refs/heads/renamed', made.data.sha);
  const { data } = await open('renamed');
  const files = await bob().request('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
    ...story.repository,
    pull_number: data.number,
  });
  expect(files.data.map((file) => [file.status, file.filename, file.previous_filename])).toEqual([
    ['added', 'bin.dat', undefined],
    ['renamed', 'new.md', 'old.md'],
  ]);
});

it('brings the base into its branch', async () => {
  await moveTo('heads/main', await commitFiles(bob(), { 'main.md': 'Main\n' }, [story.base]));
  const update = (more: object = {}) =>
    bob().request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/update-branch', {
      ...story.repository,
      pull_number: 1,
      ...more,
    });
  expect(await statusOf(update({ expected_head_sha: story.base }))).toBe(422);
  expect((await update()).status).toBe(202);
  expect(git('ls-tree', '--name-only', 'feature').split('\n')).toEqual(['README.md', 'bill.md', 'main.md']);
});
