import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { directoryStore, openStore } from '@model-gitops/artifacts';
import { describe, expect, it } from 'vitest';
import { artifactStoreContract } from './artifact-store.ts';

const owner = { model: 'fraud', operation: 'operation' };

async function filesBelow(folder: string): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

artifactStoreContract('a folder', async () => {
  const root = await mkdtemp(join(tmpdir(), 'artifact-store-'));
  const [disk, folder] = [join(root, 'disk'), join(root, 'store')];
  await mkdir(disk);
  return {
    store: directoryStore(folder),
    path: (name) => join(disk, name),
    write: (path, bytes) => writeFile(path, bytes),
    read: async (path) => new Uint8Array(await readFile(path)),
    list: () => filesBelow(disk),
    listStored: () => filesBelow(folder),
    damage: (sha256, bytes) => writeFile(join(folder, 'sha256', sha256.slice(0, 2), sha256), bytes),
    close: () => rm(root, { recursive: true }),
  };
});

describe('openStore', () => {
  const codeOf = (text: string) => {
    try {
      openStore(text, { repositoryRoot: tmpdir() });
      return null;
    } catch (error) {
      return (error as { problems: { code: string }[] }).problems[0]?.code;
    }
  };

  it('opens folders and names what exists for anything else', () => {
    expect(['dir:artifacts', 'dir:/srv/artifacts', 'dir:.model-gitops/artifacts'].map(codeOf)).toEqual([
      null,
      null,
      null,
    ]);
    expect(['s3://bucket', 'release', 'oci://host/name', 'artifacts', ''].map(codeOf)).toEqual(
      Array.from({ length: 5 }, () => 'store-unknown'),
    );
    expect(codeOf('dir:')).toBe('store-unnamed');
  });

  it('reads a relative folder from the root of the repository', async () => {
    const root = await mkdtemp(join(tmpdir(), 'open-store-'));
    await writeFile(join(root, 'empty'), '');
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    await openStore('dir:kept', { repositoryRoot: root }).put({ path: join(root, 'empty'), sha256 }, owner);
    expect(await filesBelow(join(root, 'kept'))).toEqual([sha256]);
    await rm(root, { recursive: true });
  });

  it('tells a folder that cannot be written from bytes that are not there', async () => {
    const root = await mkdtemp(join(tmpdir(), 'open-store-'));
    await writeFile(join(root, 'file'), '');
    const store = directoryStore(join(root, 'file'));
    const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
    await expect(store.put({ path: join(root, 'file'), sha256 }, owner)).rejects.toMatchObject({
      kind: 'could-not-run',
      problems: [{ code: 'store-failed' }],
    });
    await rm(root, { recursive: true });
  });
});
