import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { commitFiles, type Story, startStory, statusOf } from './story.ts';

let story: Story;
beforeAll(async () => {
  story = await startStory({ 'folder/a.txt': 'a\n', 'folder/b.txt': 'b\n' });
});
afterAll(() => story.github.close());

const bob = () => story.person('bob');
const git = (...args: string[]) =>
  execFileSync('git', args, { cwd: story.github.gitFolder('acme/penguins'), encoding: 'utf8' });

const newTree = (tree: readonly object[], base?: string) =>
  bob().request('POST /repos/{owner}/{repo}/git/trees', {
    ...story.repository,
    tree: tree as never[],
    ...(base === undefined ? {} : { base_tree: base }),
  });
const pathsOf = (tree: string) => git('ls-tree', '-r', '--name-only', tree).trim().split('\n');

it('lays a tree over another: content, removal, whole folders', async () => {
  const folder = git('rev-parse', `${story.base}:folder`).trim();
  const { data, status } = await newTree(
    [
      { path: 'folder/a.txt', mode: '100644', type: 'blob', sha: null },
      { path: 'new/c.txt', mode: '100644', type: 'blob', content: 'c ä\n' },
      { path: 'copy', mode: '040000', type: 'tree', sha: folder },
    ],
    story.base,
  );
  expect(status).toBe(201);
  expect(pathsOf(data.sha)).toEqual(['README.md', 'copy/a.txt', 'copy/b.txt', 'folder/b.txt', 'new/c.txt']);
  expect(git('show', `${data.sha}:new/c.txt`)).toBe('c ä\n');
});

it('refuses to remove what is not there, and a tree upon nothing', async () => {
  expect(await statusOf(newTree([{ path: 'none', mode: '100644', type: 'blob', sha: null }], story.base))).toBe(422);
  expect(await statusOf(newTree([]))).toBe(422);
  expect(await statusOf(newTree([{ path: 'x', mode: '100644', sha: '1'.repeat(40) }]))).toBe(422);
});

const commit = (more: object) =>
  bob().request('POST /repos/{owner}/{repo}/git/commits', {
    ...story.repository,
    message: 'As sent\n\nOp-Id: 1\n',
    tree: git('rev-parse', `${story.base}^{tree}`).trim(),
    parents: [story.base],
    ...more,
  });

it('signs what it makes for somebody, and not what names an author', async () => {
  const own = await commit({});
  expect(own.data).toMatchObject({
    author: { name: 'bob' },
    committer: { name: 'GitHub', email: 'noreply@github.com' },
    verification: { verified: true, reason: 'valid' },
  });
  const author = { name: 'Somebody', email: 'some@example.com', date: '2026-01-02T03:04:05Z' };
  const named = await commit({ author });
  expect(named.data).toMatchObject({
    author,
    committer: author,
    verification: { verified: false, reason: 'unsigned' },
  });
  expect((await commit({ author })).data.sha).toBe(named.data.sha);
  expect(git('cat-file', 'commit', named.data.sha).split('\n\n').slice(1).join('\n\n')).toBe('As sent\n\nOp-Id: 1\n');
  git('fsck', '--strict', own.data.sha);
});

it('does not take a signature for its own that was made for another commit', async () => {
  const { data } = await commit({});
  const text = git('cat-file', 'commit', data.sha).replace('As sent', 'Forged');
  const forged = execFileSync('git', ['hash-object', '-t', 'commit', '-w', '--stdin'], {
    cwd: story.github.gitFolder('acme/penguins'),
    input: text,
    encoding: 'utf8',
  }).trim();
  const read = await bob().request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', {
    ...story.repository,
    commit_sha: forged,
  });
  expect(read.data.verification).toMatchObject({ verified: false, reason: 'unknown_key' });
});

it('refuses a commit upon what is not there', async () => {
  expect(await statusOf(commit({ parents: ['1'.repeat(40)] }))).toBe(422);
  expect(await statusOf(commit({ tree: '1'.repeat(40) }))).toBe(422);
  expect(await statusOf(commit({ message: 'a\0b' }))).toBe(422);
  expect(await statusOf(commit({ author: { name: 'A', email: 'a@b', date: 'yesterday' } }))).toBe(422);
});

it('keeps bytes', async () => {
  const content = Buffer.from([0, 255, 10, 13]).toString('base64');
  const made = await bob().request('POST /repos/{owner}/{repo}/git/blobs', {
    ...story.repository,
    content,
    encoding: 'base64',
  });
  const read = await bob().request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', {
    ...story.repository,
    file_sha: made.data.sha,
  });
  expect(read.data).toMatchObject({ size: 4, encoding: 'base64', content: `${content}\n` });
});

const contents = (method: 'PUT' | 'DELETE', path: string, more: object) =>
  bob().request(`${method} /repos/{owner}/{repo}/contents/{path}`, {
    ...story.repository,
    path,
    message: 'By its path',
    ...more,
  } as never) as unknown as Promise<{ status: number; data: { content: { sha: string }; commit: { sha: string } } }>;
const text = (content: string) => Buffer.from(content).toString('base64');

it('changes a file by its path only for who knows its sha', async () => {
  const made = await contents('PUT', 'notes/one.md', { content: text('one\n') });
  expect(made.status).toBe(201);
  const stale = { content: text('two\n'), sha: '1'.repeat(40) };
  expect(await statusOf(contents('PUT', 'notes/one.md', stale))).toBe(409);
  expect(await statusOf(contents('PUT', 'notes/one.md', { content: text('two\n') }))).toBe(422);
  const changed = await contents('PUT', 'notes/one.md', { content: text('two\n'), sha: made.data.content.sha });
  expect(changed.status).toBe(200);
  const read = await bob().request('GET /repos/{owner}/{repo}/contents/{path}', {
    ...story.repository,
    path: 'notes/one.md',
  });
  expect(Buffer.from((read.data as { content: string }).content, 'base64').toString()).toBe('two\n');
  expect(await statusOf(contents('DELETE', 'notes/one.md', { sha: made.data.content.sha }))).toBe(409);
  expect((await contents('DELETE', 'notes/one.md', { sha: changed.data.content.sha })).status).toBe(200);
  expect(await statusOf(contents('DELETE', 'notes/one.md', { sha: changed.data.content.sha }))).toBe(404);
});

it('lists commits of a path, newest first, and compares', async () => {
  const next = await commitFiles(bob(), { 'folder/a.txt': 'a2\n' }, [story.base]);
  const list = await bob().request('GET /repos/{owner}/{repo}/commits', {
    ...story.repository,
    sha: next,
    path: 'folder/a.txt',
  });
  expect(list.data.map(({ sha }) => sha)).toEqual([next, story.base]);
  const compared = await bob().request('GET /repos/{owner}/{repo}/compare/{basehead}', {
    ...story.repository,
    basehead: `${story.base}...${next}`,
  });
  expect(compared.data).toMatchObject({
    status: 'ahead',
    ahead_by: 1,
    behind_by: 0,
    files: [{ filename: 'folder/a.txt', status: 'modified', additions: 1, deletions: 1 }],
  });
});
