import { createHash } from 'node:crypto';
import type { ArtifactStore } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** A store with a disk beside it. Paths are whatever the adapter takes. */
export interface OpenStore {
  readonly store: ArtifactStore;
  readonly path: (name: string) => string;
  readonly write: (path: string, bytes: Uint8Array) => Promise<void>;
  readonly read: (path: string) => Promise<Uint8Array | null>;
  /** Names of all files on the disk beside the store. */
  readonly list: () => Promise<readonly string[]>;
  /** Names of all files inside the store. */
  readonly listStored: () => Promise<readonly string[]>;
  /** Changes the stored bytes behind the store's back. */
  readonly damage: (sha256: string, bytes: Uint8Array) => Promise<void>;
  readonly close: () => Promise<void>;
}

const bytesOf = (text: string) => new TextEncoder().encode(text);
const digestOf = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const model = bytesOf('weights');
const sha256 = digestOf(model);
const owner = { model: 'fraud', operation: digestOf(bytesOf('operation')) };
const refusal = (code: string, kind: string) => ({ kind, problems: [{ code, remedy: expect.stringMatching(/\w/) }] });

/** The laws that every ArtifactStore keeps. */
export function artifactStoreContract(
  name: string,
  open: () => Promise<OpenStore>,
  unmet: Readonly<Record<string, string>> = {},
) {
  const holds = (title: string, check: (opened: OpenStore) => Promise<void>) =>
    // an unmet law is shown to be unmet: where it holds one day, its reason must go
    (unmet[title] === undefined ? it : it.fails)(
      unmet[title] === undefined ? title : `${title} (${unmet[title]})`,
      async () => {
        const opened = await open();
        await check(opened).finally(opened.close);
      },
    );
  const stored = async ({ store, path, write }: OpenStore) => {
    await write(path('model.onnx'), model);
    return store.put({ path: path('model.onnx'), sha256 }, owner);
  };

  describe(`${name} is an ArtifactStore`, () => {
    holds('gives back the bytes that were put, with their facts', async (opened) => {
      await stored(opened);
      const to = opened.path('fetched.onnx');
      expect(await opened.store.fetch(sha256, to, owner)).toEqual({ path: to, sha256, size: model.length });
      expect(await opened.read(to)).toEqual(model);
    });
    holds('names bytes by their digest and not by a place', async (opened) => {
      const { uri } = await stored(opened);
      expect(uri).toMatch(new RegExp(`^[a-z]+:${sha256}$`));
    });
    holds('knows what it has', async (opened) => {
      expect(await opened.store.has(sha256, owner)).toBe(false);
      await stored(opened);
      expect(await opened.store.has(sha256, owner)).toBe(true);
    });
    holds('stores the same bytes twice as once', async (opened) => {
      const first = await stored(opened);
      expect(await stored(opened)).toEqual(first);
      expect(await opened.listStored()).toHaveLength(1);
    });
    holds('stands several writers of the same bytes', async (opened) => {
      await opened.write(opened.path('model.onnx'), model);
      const put = () => opened.store.put({ path: opened.path('model.onnx'), sha256 }, owner);
      await Promise.all(Array.from({ length: 8 }, put));
      expect(await opened.listStored()).toHaveLength(1);
      await opened.store.fetch(sha256, opened.path('fetched.onnx'), owner);
    });
    holds('refuses to store bytes under a digest that they do not have', async (opened) => {
      const other = digestOf(bytesOf('other'));
      await opened.write(opened.path('model.onnx'), model);
      const put = opened.store.put({ path: opened.path('model.onnx'), sha256: other }, owner);
      await expect(put).rejects.toMatchObject(refusal('digest-mismatch', 'refused'));
      expect(await opened.store.has(other, owner)).toBe(false);
      expect(await opened.listStored()).toEqual([]);
    });
    holds('refuses to hand out damaged bytes and leaves nothing behind', async (opened) => {
      await stored(opened);
      await opened.damage(sha256, bytesOf('weights, changed'));
      const fetched = opened.store.fetch(sha256, opened.path('fetched.onnx'), owner);
      await expect(fetched).rejects.toMatchObject(refusal('digest-mismatch', 'refused'));
      expect(await opened.list()).toEqual(['model.onnx']);
    });
    holds('keeps the file that was there when it refuses', async (opened) => {
      await stored(opened);
      await opened.write(opened.path('fetched.onnx'), bytesOf('older'));
      await opened.damage(sha256, bytesOf('w'));
      await expect(opened.store.fetch(sha256, opened.path('fetched.onnx'), owner)).rejects.toThrow();
      expect(await opened.read(opened.path('fetched.onnx'))).toEqual(bytesOf('older'));
    });
    holds('heals a damaged copy when the bytes are put again', async (opened) => {
      await stored(opened);
      await opened.damage(sha256, bytesOf('x'));
      await stored(opened);
      expect((await opened.store.fetch(sha256, opened.path('fetched.onnx'), owner)).size).toBe(model.length);
    });
    holds('says what it does not have', async (opened) => {
      const fetched = opened.store.fetch(sha256, opened.path('fetched.onnx'), owner);
      await expect(fetched).rejects.toMatchObject(refusal('artifact-missing', 'refused'));
      const put = opened.store.put({ path: opened.path('absent.onnx'), sha256 }, owner);
      await expect(put).rejects.toMatchObject(refusal('file-missing', 'input'));
      expect(await opened.list()).toEqual([]);
    });
    holds('takes nothing but digests as names', async ({ store, path }) => {
      for (const name of ['../../secret', '', sha256.toUpperCase(), `${sha256}/..`]) {
        await expect(store.has(name, owner)).rejects.toMatchObject(refusal('digest-malformed', 'input'));
        await expect(store.fetch(name, path('x'), owner)).rejects.toMatchObject(refusal('digest-malformed', 'input'));
      }
    });
    holds('stores an empty file', async (opened) => {
      const nothing = bytesOf('');
      await opened.write(opened.path('empty'), nothing);
      await opened.store.put({ path: opened.path('empty'), sha256: digestOf(nothing) }, owner);
      expect((await opened.store.fetch(digestOf(nothing), opened.path('again'), owner)).size).toBe(0);
    });
    holds('keeps what was put for a registration when the version has its tag', async (opened) => {
      await stored(opened);
      const version = { ...owner, tag: 'fraud@v1.0.0' };
      await opened.store.seal(version);
      await opened.store.seal(version);
      expect((await opened.store.fetch(sha256, opened.path('sealed.onnx'), version)).size).toBe(model.length);
    });
    holds('seals nothing where it holds nothing', async ({ store }) => {
      await expect(store.seal({ model: 'churn', operation: 'none', tag: 'churn@v1.0.0' })).resolves.toBeUndefined();
    });
  });
}
