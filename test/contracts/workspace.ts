import { createHash } from 'node:crypto';
import type { Workspace } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** A workspace with what stands behind its back. */
export interface OpenWorkspace {
  readonly workspace: Workspace;
  /** Puts bytes at a path of the repository. */
  readonly put: (path: string, bytes: Uint8Array) => Promise<void>;
  /** The bytes at a path of the repository; null for none. */
  readonly get: (path: string) => Promise<Uint8Array | null>;
  readonly close: () => Promise<void>;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const digestOf = (bytes: Uint8Array | string) => createHash('sha256').update(bytes).digest('hex');
const refusal = (code: string) => ({ kind: 'input', problems: [{ code, remedy: expect.stringMatching(/\w/) }] });

/** The laws that every Workspace keeps. */
export function workspaceContract(name: string, open: () => Promise<OpenWorkspace>) {
  const holds = (title: string, check: (opened: OpenWorkspace) => Promise<void>) =>
    it(title, async () => {
      const opened = await open();
      await check(opened).finally(opened.close);
    });

  describe(`${name} is a Workspace`, () => {
    holds('reads back what it wrote, in folders that were not there', async ({ workspace, get }) => {
      await workspace.writeText('registry/fraud/production.yaml', 'version: 1.4.0\n');
      expect(await workspace.readText('registry/fraud/production.yaml')).toBe('version: 1.4.0\n');
      expect(await get('registry/fraud/production.yaml')).toEqual(bytesOf('version: 1.4.0\n'));
    });
    holds('replaces a text as a whole', async ({ workspace }) => {
      await workspace.writeText('a.json', 'a long text');
      await workspace.writeText('a.json', 'short');
      expect(await workspace.readText('a.json')).toBe('short');
    });
    holds('gives the same bytes as bytes', async ({ workspace, put }) => {
      const bytes = Uint8Array.from({ length: 1000 }, (_, index) => (index * 7) % 256);
      await put('model.onnx', bytes);
      expect(await workspace.readBytes('model.onnx')).toEqual(bytes);
    });
    holds('removes a byte order mark', async ({ workspace, put }) => {
      await put('suite.json', Uint8Array.of(0xef, 0xbb, 0xbf, 0x7b, 0x7d));
      expect(await workspace.readText('suite.json')).toBe('{}');
    });
    holds('answers null for what is not there, also below a file', async ({ workspace, put }) => {
      await put('file', bytesOf('x'));
      for (const path of ['absent', 'absent/file', 'file/below']) {
        expect(await workspace.readText(path)).toBeNull();
        expect(await workspace.readBytes(path)).toBeNull();
        expect(await workspace.measure(path)).toBeNull();
      }
    });
    holds('measures a file', async ({ workspace, put }) => {
      await put('data/test.csv', bytesOf('a,b\n1,2\n'));
      const sha256 = digestOf('a,b\n1,2\n');
      expect(await workspace.measure('data/test.csv')).toEqual({
        path: 'data/test.csv',
        kind: 'file',
        sha256,
        size: 8,
      });
      expect(await workspace.measure('./data/../data/test.csv')).toMatchObject({ path: 'data/test.csv', sha256 });
    });
    holds('measures an empty file', async ({ workspace, put }) => {
      await put('empty', bytesOf(''));
      expect(await workspace.measure('empty')).toMatchObject({ kind: 'file', sha256: digestOf(''), size: 0 });
    });
    holds('measures a folder by the lines of its files', async ({ workspace, put }) => {
      await put('model/variables/1.bin', bytesOf('weights'));
      await put('model/saved.pb', bytesOf('graph'));
      const lines = [`${digestOf('weights')}  variables/1.bin\n`, `${digestOf('graph')}  saved.pb\n`].sort();
      const sha256 = digestOf(lines.join(''));
      expect(await workspace.measure('model')).toEqual({ path: 'model', kind: 'directory', sha256, size: 12 });
      await put('model/.hidden', bytesOf(''));
      expect((await workspace.measure('model'))?.sha256).not.toBe(sha256);
    });
    holds('lists what matches any glob, sorted and once', async ({ workspace, put }) => {
      for (const path of ['data/b.csv', 'data/a.csv', 'data/deep/c.csv', 'data/d.parquet', 'other.csv', 'data/.e.csv'])
        await put(path, bytesOf('x'));
      expect(await workspace.list(['data/*.csv'], '')).toEqual(['data/.e.csv', 'data/a.csv', 'data/b.csv']);
      expect(await workspace.list(['data/**/*.csv', 'data/a.*', 'data/d.parquet'], '')).toEqual([
        'data/.e.csv',
        'data/a.csv',
        'data/b.csv',
        'data/d.parquet',
        'data/deep/c.csv',
      ]);
      expect(await workspace.list(['nothing/*.csv', 'absent.csv'], '')).toEqual([]);
    });
    holds('reads globs from a folder, and answers from the root', async ({ workspace, put }) => {
      for (const path of ['models/fraud/train.py', 'models/fraud/lib/x.py', 'models/churn/train.py', 'setup.py'])
        await put(path, bytesOf('x'));
      const expected = ['models/fraud/lib/x.py', 'models/fraud/train.py'];
      expect(await workspace.list(['**/*.py'], 'models/fraud')).toEqual(expected);
      expect(await workspace.list(['**/*.py'], 'models/fraud/')).toEqual(expected);
      expect(await workspace.list(['*/train.py'], 'models')).toEqual([
        'models/churn/train.py',
        'models/fraud/train.py',
      ]);
    });
    holds('never lists what is not the user’s own', async ({ workspace, put }) => {
      for (const path of ['.git/config', 'node_modules/x/a.csv', 'sub/node_modules/b.csv', '.model-gitops/m/c.csv'])
        await put(path, bytesOf('x'));
      await put('d.csv', bytesOf('x'));
      expect(await workspace.list(['**/*', '.git/config', 'node_modules/**', '.model-gitops/**/*.csv'], '')).toEqual([
        'd.csv',
      ]);
    });
    holds('measures and reads by an exact path also what it does not list', async ({ workspace, put }) => {
      await put('.model-gitops/fraud/features/test.csv', bytesOf('a\n1\n'));
      expect(await workspace.measure('.model-gitops/fraud/features/test.csv')).toMatchObject({ size: 4 });
      expect(await workspace.readText('.model-gitops/fraud/features/test.csv')).toBe('a\n1\n');
    });
    holds('lists what lies below a folder that is named itself', async ({ workspace, put }) => {
      await put('.model-gitops/fraud/features/test.csv', bytesOf('a\n1\n'));
      expect(await workspace.list(['**/*.csv'], '.model-gitops/fraud/features')).toEqual([
        '.model-gitops/fraud/features/test.csv',
      ]);
    });
    holds('removes files and folders, and what is not there', async ({ workspace, put, get }) => {
      await put('out/a/b.csv', bytesOf('x'));
      await put('outer.csv', bytesOf('x'));
      await workspace.remove('out');
      await workspace.remove('out');
      expect(await workspace.measure('out')).toBeNull();
      expect(await get('outer.csv')).toEqual(bytesOf('x'));
    });
    holds('refuses to leave the repository, by every door', async ({ workspace }) => {
      for (const path of ['../outside', '/etc/hostname', 'data/../../outside', '..']) {
        await expect(workspace.readText(path)).rejects.toMatchObject(refusal('path-outside'));
        await expect(workspace.readBytes(path)).rejects.toMatchObject(refusal('path-outside'));
        await expect(workspace.writeText(path, 'x')).rejects.toMatchObject(refusal('path-outside'));
        await expect(workspace.measure(path)).rejects.toMatchObject(refusal('path-outside'));
        await expect(workspace.list(['*'], path)).rejects.toMatchObject(refusal('path-outside'));
        await expect(workspace.remove(path)).rejects.toMatchObject(refusal('path-outside'));
        await expect((async () => workspace.resolve(path))()).rejects.toMatchObject(refusal('path-outside'));
      }
      await expect(workspace.list(['../*.csv'], '')).rejects.toMatchObject(refusal('path-outside'));
    });
    holds('takes a name that only looks like a way out', async ({ workspace }) => {
      await workspace.writeText('..data/a.csv', 'x');
      expect(await workspace.readText('..data/a.csv')).toBe('x');
    });
    holds('gives an absolute path, also of what is not there yet', async ({ workspace }) => {
      expect(workspace.resolve('out/model.onnx')).toMatch(/^([a-z]:)?[/\\].*out[/\\]model\.onnx$/i);
    });
  });
}
