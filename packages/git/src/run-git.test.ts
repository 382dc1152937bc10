import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { afterEach, expect, it, vi } from 'vitest';
import { createRunGit, gitText } from './run-git.ts';

const folder = mkdtempSync(join(tmpdir(), 'model-gitops-git-'));
afterEach(() => vi.unstubAllEnvs());

/** A `git` that tells its arguments and environment. */
function fakeGit(script: string): void {
  writeFileSync(join(folder, 'git'), `#!/bin/sh\n${script}\n`);
  chmodSync(join(folder, 'git'), 0o755);
  vi.stubEnv('PATH', `${folder}${delimiter}${process.env.PATH}`);
}

it("hands a token over in the environment, for the remote's host only, never as an argument", async () => {
  fakeGit('echo "$@"; env');
  const secret = 'sécret-token-1';
  const text = await gitText(
    createRunGit({ repository: '.', token: secret, remoteUrl: 'https://github.com/acme/x.git' }),
    ['fetch'],
  );
  const [args = ''] = text.split('\n');
  expect(args).not.toContain('AUTHORIZATION');
  expect(text).toContain('GIT_CONFIG_KEY_0=http.https://github.com/.extraheader');
  expect(text).toContain(
    `GIT_CONFIG_VALUE_0=AUTHORIZATION: basic ${Buffer.from(`x-access-token:${secret}`).toString('base64')}`,
  );
  expect(text).not.toContain(secret);
  const plain = await gitText(createRunGit({ repository: '.', token: secret, remoteUrl: '/srv/x.git' }), ['fetch']);
  expect(plain).not.toContain('AUTHORIZATION');
});

it('sends a token over no wire that is not encrypted', async () => {
  fakeGit('env');
  const tell = (remoteUrl: string) => gitText(createRunGit({ repository: '.', token: 'tok123', remoteUrl }), ['fetch']);
  for (const host of ['127.0.0.1:4711', 'localhost', '[::1]:80'])
    expect(await tell(`http://${host}/acme/x.git`), host).toContain(
      `KEY_0=http.http://${host.replace(':80', '')}/.extra`,
    );
  for (const host of ['github.com', '127.0.0.1.example.com', 'localhost:80@example.com'])
    expect(await tell(`http://${host}/acme/x.git`), host).not.toContain('AUTHORIZATION');
});

it('keeps tokens and passwords out of what it tells', async () => {
  fakeGit('echo "fatal: unable to access https://me:pa55@host/x with tok123" >&2; exit 128');
  const failed = await createRunGit({ repository: '.', token: 'tok123', remoteUrl: null })(['push']);
  expect(failed.stderr).toBe('fatal: unable to access https://***@host/x with ***\n');
});

it('is not led astray by the variables of a hook', async () => {
  fakeGit('env');
  vi.stubEnv('GIT_DIR', '/elsewhere').stubEnv('GIT_INDEX_FILE', '/elsewhere/index');
  expect(await gitText(createRunGit({ repository: '.' }), ['status'])).not.toContain('/elsewhere');
});

it('says that git is missing', async () => {
  vi.stubEnv('PATH', join(folder, 'nowhere'));
  await expect(createRunGit({ repository: '.' })(['status'])).rejects.toMatchObject({
    problems: [{ code: 'git-missing' }],
  });
  rmSync(folder, { recursive: true, force: true });
});
