import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Listener, startListener } from './listener.ts';
import { type Story, startStory } from './story.ts';

let story: Story;
let listener: Listener;
let folder: string;
beforeEach(async () => {
  story = await startStory();
  listener = await startListener();
  story.github.webhooks.addListener(listener.url, 'secret');
  folder = mkdtempSync(join(tmpdir(), 'stand-in-git-'));
});
afterEach(async () => {
  await story.github.close();
  await listener.close();
  rmSync(folder, { recursive: true, force: true });
});

const run = promisify(execFile);
const env = {
  PATH: process.env.PATH,
  HOME: '/nonexistent',
  GIT_TERMINAL_PROMPT: '0',
  GIT_CONFIG_NOSYSTEM: '1',
  GIT_CONFIG_GLOBAL: '/dev/null',
};
/** Not execFileSync: the server is in this process. Answers what git said, and whether it failed. */
async function git(cwd: string, ...args: string[]) {
  const identity = ['-c', 'user.name=Bob', '-c', 'user.email=bob@example.com'];
  try {
    const { stdout, stderr } = await run('git', [...identity, ...args], { cwd, env, encoding: 'utf8' });
    return { isDone: true, said: stdout + stderr };
  } catch (error) {
    return { isDone: false, said: String((error as { stderr?: string }).stderr) };
  }
}
const address = (token: string, repository = 'acme/penguins') =>
  `${story.github.url.replace('://', `://x:${token}@`)}/${repository}.git`;

async function cloneAs(token: string): Promise<string> {
  const clone = join(folder, `clone-${token.slice(-6)}`);
  expect(await git(folder, 'clone', '--quiet', address(token), clone)).toMatchObject({ isDone: true });
  return clone;
}
async function commit(clone: string, path: string, text: string): Promise<string> {
  writeFileSync(join(clone, path), text);
  await git(clone, 'add', '-A');
  await git(clone, 'commit', '--quiet', '-m', `Change ${path}`);
  return (await git(clone, 'rev-parse', 'HEAD')).said.trim();
}
async function heardOf(name: string) {
  await story.github.webhooks.settled();
  return listener.heard.filter(({ event }) => event === name).map(({ payload }) => payload);
}
const bob = () => story.github.createToken('bob');

it('clones and pushes; events tell of it', async () => {
  const clone = await cloneAs(bob());
  const sha = await commit(clone, 'pushed.md', 'Pushed\n');
  expect(await git(clone, 'push', '--quiet', 'origin', 'HEAD:main')).toMatchObject({ isDone: true });
  expect(await heardOf('push')).toMatchObject([
    {
      ref: 'refs/heads/main',
      before: story.base,
      after: sha,
      pusher: { name: 'bob' },
      commits: [{ added: ['pushed.md'] }],
    },
  ]);
  await git(clone, 'checkout', '--quiet', 'feature');
  const next = await commit(clone, 'more.md', 'More\n');
  await git(clone, 'push', '--quiet', 'origin', 'feature');
  expect(await heardOf('pull_request')).toMatchObject([{ action: 'synchronize', before: story.head, after: next }]);
});

it('asks who it is; readers do not push, strangers see nothing', async () => {
  const clone = await cloneAs(bob());
  await commit(clone, 'x', '1');
  const pushAs = (token: string) => git(clone, 'push', address(token), 'HEAD:main');
  expect(await pushAs(story.github.createToken('carol'))).toMatchObject({
    isDone: false,
    said: expect.stringContaining('403'),
  });
  expect(await pushAs('ghp_unknown')).toMatchObject({
    isDone: false,
    said: expect.stringContaining('Authentication failed'),
  });
  const anonymous = `${story.github.url}/acme/penguins.git`;
  expect(await git(clone, 'push', anonymous, 'HEAD:main')).toMatchObject({ isDone: false });
  expect(await git(clone, 'ls-remote', anonymous)).toMatchObject({ isDone: true });
  await story.github.createRepository('acme/secret', { private: true });
  const hidden = address(story.github.createToken('carol'), 'acme/secret');
  expect(await git(clone, 'ls-remote', hidden)).toMatchObject({
    isDone: false,
    said: expect.stringContaining('not found'),
  });
});

it('asks the rulesets', async () => {
  const { github } = story;
  const clone = await cloneAs(bob());
  github.createRuleset('acme/penguins', { branches: ['feature'], noForcePush: true, noDeletion: true });
  github.createRuleset('acme/penguins', { requiredReviews: 1 });
  github.createRuleset('acme/penguins', { tags: ['*@v*'] });
  const refused = async (why: string, ...args: string[]) => {
    const answer = await git(clone, 'push', 'origin', ...args);
    expect(answer).toMatchObject({ isDone: false, said: expect.stringContaining(why) });
  };
  await refused('Cannot force-push', '--force', `${story.base}:feature`);
  await refused('Cannot delete', ':feature');
  await commit(clone, 'x', '1');
  await refused('through a pull request', 'HEAD:main');
  await refused('refusing to delete the current branch', ':main');
  expect(await git(clone, 'push', 'origin', `${story.base}:refs/tags/a@v1`)).toMatchObject({ isDone: true });
  await refused('Cannot update', '--force', 'HEAD:refs/tags/a@v1');
  expect((await git(clone, 'ls-remote', 'origin', 'refs/heads/main')).said).toContain(story.base);
});

it('keeps a job’s token from workflow files that no branch has', async () => {
  const token = story.github.workflowToken('acme/penguins', { contents: 'write' });
  const clone = await cloneAs(token);
  await run('mkdir', ['-p', join(clone, '.github/workflows')]);
  await commit(clone, '.github/workflows/a.yml', 'on: push\n');
  expect(await git(clone, 'push', 'origin', 'HEAD:refs/heads/w')).toMatchObject({
    isDone: false,
    said: expect.stringContaining('without `workflows` permission'),
  });
  expect(await git(clone, 'push', address(bob()), 'HEAD:refs/heads/w')).toMatchObject({ isDone: true });
  expect(await git(clone, 'push', 'origin', 'HEAD:refs/heads/w2')).toMatchObject({ isDone: true });
});

it('tells nothing of more than three tags in one push', async () => {
  const clone = await cloneAs(bob());
  const tags = ['t1', 't2', 't3', 't4'].map((tag) => `HEAD:refs/tags/${tag}`);
  await git(clone, 'push', 'origin', ...tags.slice(0, 3));
  expect(await heardOf('create')).toHaveLength(3);
  const more = ['u1', 'u2', 'u3', 'u4'].map((tag) => `HEAD:refs/tags/${tag}`);
  expect(await git(clone, 'push', 'origin', ...more)).toMatchObject({ isDone: true });
  expect(await heardOf('create')).toHaveLength(3);
  expect(await heardOf('push')).toHaveLength(3);
});

it('one of two pushes at once is refused', async () => {
  const first = await cloneAs(bob());
  const second = await cloneAs(bob());
  await commit(first, 'x', '1');
  await commit(second, 'y', '2');
  const answers = await Promise.all([first, second].map((clone) => git(clone, 'push', 'origin', 'HEAD:main')));
  expect(answers.filter(({ isDone }) => isDone)).toHaveLength(1);
  expect(await heardOf('push')).toHaveLength(1);
});
