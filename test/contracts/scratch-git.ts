import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

const environment = { ...process.env, LC_ALL: 'C', GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

/** Runs git in a folder; throws with its words where it fails. */
export function git(folder: string, ...args: readonly string[]): string {
  const identity = ['-c', 'user.name=Ana', '-c', 'user.email=ana@example.com', '-c', 'init.defaultBranch=main'];
  return execFileSync('git', [...identity, ...args], {
    cwd: folder,
    env: environment,
    encoding: 'utf8',
    stdio: 'pipe',
  }).trim();
}

/** A folder for the tests of one file, removed after them. */
export function scratchFolder(): () => string {
  const root = mkdtempSync(join(tmpdir(), 'model-gitops-test-'));
  let count = 0;
  afterAll(() => rmSync(root, { recursive: true, force: true }));
  return () => {
    count += 1;
    const folder = join(root, String(count));
    git(tmpdir(), 'init', '--quiet', '--bare', folder);
    return folder;
  };
}

/** A clone of a bare repository, beside it. */
export function cloneOf(bare: string, name: string, ...options: readonly string[]): string {
  const folder = `${bare}-${name}`;
  git(tmpdir(), 'clone', '--quiet', ...options, bare, folder);
  git(folder, 'config', 'user.name', 'Ana');
  git(folder, 'config', 'user.email', 'ana@example.com');
  return folder;
}
