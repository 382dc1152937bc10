import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, open, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { workspaceAt } from '@model-gitops/host';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { workspaceContract } from './workspace.ts';

let root = '';
const put = async (path: string, content: Uint8Array | string) => {
  await mkdir(dirname(join(root, path)), { recursive: true });
  await writeFile(join(root, path), content);
};

workspaceContract('a folder on the disk', async () => {
  root = await mkdtemp(join(tmpdir(), 'workspace-'));
  return {
    workspace: workspaceAt(root),
    put,
    get: async (path) =>
      readFile(join(root, path)).then(
        (bytes) => new Uint8Array(bytes),
        () => null,
      ),
    close: () => rm(root, { recursive: true }),
  };
});

describe('a folder on the disk', () => {
  const codeOf = async (work: Promise<unknown>) =>
    work.then(
      () => 'no problem',
      (thrown) => (thrown as { problems: { code: string }[] }).problems[0]?.code,
    );

  beforeEach(async () => {
    root = join(await mkdtemp(join(tmpdir(), 'workspace-')), 'repository');
    await mkdir(root);
  });
  afterEach(() => rm(dirname(root), { recursive: true }));

  it('does not leave the repository through symbolic links, also to what is not there yet', async () => {
    await mkdir(join(dirname(root), 'secret'));
    await writeFile(join(dirname(root), 'secret', 'key'), 'secret');
    await symlink(join(dirname(root), 'secret'), join(root, 'folder'));
    await symlink('../secret/key', join(root, 'file'));
    await symlink('../secret/new', join(root, 'dangling'));
    await mkdir(join(root, 'data'));
    await symlink('../../secret/key', join(root, 'data', 'test.csv'));
    const workspace = workspaceAt(root);
    for (const path of ['folder/key', 'folder', 'file', 'dangling', 'folder/new/deep', 'data/test.csv']) {
      expect(await codeOf(workspace.readText(path))).toBe('path-outside');
      expect(await codeOf(workspace.measure(path))).toBe('path-outside');
      expect(await codeOf(workspace.writeText(path, 'x'))).toBe('path-outside');
      expect(await codeOf(workspace.remove(path))).toBe('path-outside');
    }
    expect(await codeOf(workspace.measure('data'))).toBe('path-outside');
    expect(await codeOf(workspace.list(['*'], 'folder'))).toBe('path-outside');
    expect(await codeOf(workspace.list(['folder/*'], ''))).toBe('path-outside');
    expect(existsSync(join(dirname(root), 'secret', 'new'))).toBe(false);
    expect(await readFile(join(dirname(root), 'secret', 'key'), 'utf8')).toBe('secret');
  });

  it('follows links that stay inside, and writes to where they lead', async () => {
    await put('real/a.csv', 'a');
    await symlink('real', join(root, 'link'));
    await symlink('real/a.csv', join(root, 'a.csv'));
    const workspace = workspaceAt(root);
    expect(await workspace.readText('link/a.csv')).toBe('a');
    expect((await workspace.measure('link'))?.sha256).toBe((await workspace.measure('real'))?.sha256);
    expect(await workspace.list(['*.csv', 'link/*.csv'], '')).toEqual(['a.csv', 'link/a.csv']);
    await workspace.writeText('a.csv', 'b');
    expect(await workspace.readText('real/a.csv')).toBe('b');
  });

  it('works where the repository itself is reached through a link', async () => {
    await put('a.csv', 'a');
    await symlink(root, join(dirname(root), 'alias'));
    const workspace = workspaceAt(join(dirname(root), 'alias'));
    expect(await workspace.readText('a.csv')).toBe('a');
    expect(await workspace.readText(join(root, 'a.csv'))).toBe('a');
    expect(await workspace.list(['*.csv'], '')).toEqual(['a.csv']);
  });

  it('ends where links lead in a circle, or nowhere', async () => {
    await mkdir(join(root, 'model'));
    await symlink('.', join(root, 'model', 'again'));
    await symlink('loop', join(root, 'loop'));
    await mkdir(join(root, 'torn'));
    await symlink('absent', join(root, 'torn', 'link'));
    const workspace = workspaceAt(root);
    expect(await codeOf(workspace.measure('model'))).toBe('path-loop');
    expect(await codeOf(workspace.readText('loop'))).toBe('path-loop');
    expect(await codeOf(workspace.measure('torn'))).toBe('not-a-file');
    expect(await workspace.list(['**'], '')).toEqual([]);
  });

  it('refuses what is no file, no text, or no name', async () => {
    await put('folder/a', '');
    await put('latin1.csv', Uint8Array.of(0x63, 0xe9));
    const workspace = workspaceAt(root);
    expect(await codeOf(workspace.readText('folder'))).toBe('not-a-file');
    expect(await codeOf(workspace.readBytes('folder'))).toBe('not-a-file');
    expect(await codeOf(workspace.readText('latin1.csv'))).toBe('file-not-text');
    expect(await codeOf(workspace.readText('nul\0'))).toBe('file-unreadable');
    expect(await codeOf(workspace.writeText('folder', 'x'))).toBe('file-unwritable');
    expect(await codeOf(workspace.writeText('latin1.csv/below', 'x'))).toBe('file-unwritable');
    expect(await codeOf(workspace.remove('.'))).toBe('path-root');
  });

  it.skipIf(process.platform === 'win32')('does not wait for a pipe', async () => {
    execFileSync('mkfifo', [join(root, 'pipe')]);
    expect(await codeOf(workspaceAt(root).readText('pipe'))).toBe('not-a-file');
    expect(await codeOf(workspaceAt(root).measure('pipe'))).toBe('not-a-file');
  });

  it('refuses to read more than the limits before it reads anything', async () => {
    for (const [name, size] of [
      ['model.onnx', 2 ** 31 + 1],
      ['text.json', 2 ** 28 + 1],
    ] as const) {
      const handle = await open(join(root, name), 'w');
      await handle.truncate(size);
      await handle.close();
    }
    expect(await codeOf(workspaceAt(root).readBytes('model.onnx'))).toBe('file-too-large');
    expect(await codeOf(workspaceAt(root).readText('text.json'))).toBe('file-too-large');
  });

  it('reads a file that is larger than one piece', async () => {
    const bytes = new Uint8Array(2 ** 26 + 12_345);
    bytes[2 ** 26] = 7;
    await put('large.bin', bytes);
    const read = await workspaceAt(root).readBytes('large.bin');
    expect(read?.length).toBe(bytes.length);
    expect(Buffer.compare(read ?? new Uint8Array(), bytes)).toBe(0);
  });

  it('shows readers a whole text at every moment, and leaves nothing beside it', async () => {
    const workspace = workspaceAt(root);
    const texts = ['a', 'b'].map((letter) => letter.repeat(300_000));
    await workspace.writeText('a.json', texts[0] ?? '');
    const writers = Promise.all(
      Array.from({ length: 20 }, (_, index) => workspace.writeText('a.json', texts[index % 2] ?? '')),
    );
    for (let round = 0; round < 30; round += 1) expect(texts).toContain(await workspace.readText('a.json'));
    await writers;
    expect(await readdir(root)).toEqual(['a.json']);
  });

  it('leaves nothing behind where it cannot write', async () => {
    await put('folder/a', '');
    await codeOf(workspaceAt(root).writeText('folder', 'x'));
    expect(await readdir(root)).toEqual(['folder']);
  });

  it.skipIf(process.platform !== 'linux')('has the digest of a folder that the usual tools print', async () => {
    for (const path of ['b', 'a', 'deep/c', 'deep/line\nbreak', 'back\\slash']) await put(`model/${path}`, path);
    const script = 'cd model && find . -type f -printf "%P\\0" | xargs -0 sha256sum | LC_ALL=C sort | sha256sum';
    const printed = execFileSync('sh', ['-c', script], { cwd: root, encoding: 'utf8' }).slice(0, 64);
    expect((await workspaceAt(root).measure('model'))?.sha256).toBe(printed);
  });
});
