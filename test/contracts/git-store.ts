import type { CommitObject, GitStore, ObjectId, Signature } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';

/** Two views of one repository, as two writers have them. */
export interface OpenStores {
  readonly store: GitStore;
  readonly other: GitStore;
}

export const ana: Signature = { name: 'Ana', email: 'ana@example.com', date: '2026-03-01T10:00:00Z' };
const ledger = 'refs/heads/model-gitops/ledger';

function at(date: string): Signature {
  return { ...ana, date };
}

async function commit(
  store: GitStore,
  parents: readonly ObjectId[],
  files: Record<string, string | null>,
  author = ana,
): Promise<ObjectId> {
  return store.writeObject({ kind: 'commit', parents, files, message: 'a change\n', author });
}

async function textAt(store: GitStore, name: string): Promise<string | null> {
  const [object] = await store.readObjects([name]);
  return object?.kind === 'blob' ? object.text : null;
}

const ids = (commits: readonly CommitObject[]) => commits.map((c) => c.id);

/** The laws that every GitStore keeps; the registry above rests on nothing else. */
export function gitStoreContract(
  name: string,
  open: () => Promise<OpenStores>,
  unmet: Readonly<Record<string, string>> = {},
) {
  const holds = (title: string, check: (stores: OpenStores) => Promise<void>) => {
    const reason = unmet[title];
    if (reason === undefined) it(title, async () => check(await open()));
    // an unmet law is shown to be unmet: where it holds one day, its reason must go
    else it.fails(`${title} (${reason})`, async () => check(await open()));
  };

  describe(`${name} is a GitStore`, () => {
    holds('answers null for what is not there', async ({ store }) => {
      const root = await commit(store, [], { 'a.txt': 'a\n' });
      const names = [
        '0123456789012345678901234567890123456789',
        `${root}:missing`,
        `${root}:a.txt/b`,
        'HEAD',
        '--help',
      ];
      expect(await store.readObjects(names)).toEqual([null, null, null, null, null]);
      expect(await store.readRefs('refs/heads/nothing')).toEqual([]);
    });

    holds('gives the same content the same id, and Git agrees on it', async ({ store, other }) => {
      const files = { 'b/c.txt': 'c\n', 'a.txt': 'ä\n', 'b.txt': '' };
      const first = await commit(store, [], files);
      expect(await commit(other, [], files)).toBe(first);
      expect(first).toBe('4aa0592fb518c9b115cd1b7a7bed98b3a7b89ecd');
      const tag = { kind: 'tag', name: 'fraud@v1.0.0', target: first, message: 'fraud 1.0.0', tagger: ana } as const;
      expect(await store.writeObject(tag)).toBe(await other.writeObject(tag));
    });

    holds('lays files over the first parent, deletes, and leaves no empty folder', async ({ store }) => {
      const one = await commit(store, [], { 'a/b/c.txt': 'c', 'a/d.txt': 'd', 'e.txt': 'e' });
      const two = await commit(store, [one], { 'a/b/c.txt': null, 'e.txt': 'E' });
      expect(await textAt(store, `${two}:a/d.txt`)).toBe('d');
      expect(await textAt(store, `${two}:e.txt`)).toBe('E');
      const [tree] = await store.readObjects([`${two}:a`]);
      expect(tree).toMatchObject({ kind: 'tree', entries: [{ name: 'd.txt', kind: 'blob' }] });
    });

    holds('takes an empty tree and deleting what is not there', async ({ store }) => {
      const empty = await commit(store, [], {});
      const [object] = await store.readObjects([empty]);
      expect(object).toMatchObject({ kind: 'commit', tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904', parents: [] });
      const same = await commit(store, [empty], { 'not/there.txt': null });
      expect((await store.readObjects([same]))[0]).toMatchObject({ tree: '4b825dc642cb6eb9a060e54bf8d69288fbee4904' });
    });

    holds('keeps unicode, blanks and long lines in paths, texts, names and messages', async ({ store, other }) => {
      const text = `数据 🦊 \u0000 ${'x'.repeat(100_000)}\r\n`;
      const author = { name: 'Zoë Ångström', email: 'zoë@example.com', date: '2026-03-01T10:00:00Z' };
      const id = await store.writeObject({
        kind: 'commit',
        parents: [],
        files: { 'ordner ü/файл "1".txt': text },
        message: 'größer\n\nzwei',
        author,
      });
      await store.moveRef('refs/heads/model-gitops/ledger', null, id);
      await other.readRefs('refs/heads/');
      expect(await textAt(other, `${id}:ordner ü/файл "1".txt`)).toBe(text);
      expect((await other.readObjects([id]))[0]).toMatchObject({ author, message: 'größer\n\nzwei\n' });
    });

    holds('keeps a signature from breaking out of its line', async ({ store }) => {
      const author = { name: 'Eve <eve@x>\nparent 0000', email: 'e>\n@x', date: ana.date };
      const id = await commit(store, [], { a: 'a' }, author);
      expect((await store.readObjects([id]))[0]).toMatchObject({
        parents: [],
        author: { name: 'Eve eve@xparent 0000', email: 'e@x' },
      });
    });

    holds('moves a ref by compare-and-swap and refuses the loser', async ({ store, other }) => {
      const one = await commit(store, [], { a: '1' });
      const two = await commit(store, [one], { a: '2' });
      const three = await commit(other, [], { a: '3' });
      expect(await store.moveRef(ledger, null, one)).toBe('moved');
      expect(await other.moveRef(ledger, null, three)).toBe('conflict');
      expect(await store.moveRef(ledger, one, two)).toBe('moved');
      expect(await other.moveRef(ledger, one, three)).toBe('conflict');
      expect(await other.readRefs(ledger)).toEqual([{ name: ledger, id: two }]);
    });

    holds('answers conflict to the second of two who write the very same object', async ({ store, other }) => {
      const one = await commit(store, [], { a: '1' });
      await commit(other, [], { a: '1' });
      expect(await store.moveRef(ledger, null, one)).toBe('moved');
      expect(await other.moveRef(ledger, null, one)).toBe('conflict');
    });

    holds('lets exactly one of many concurrent moves win', async ({ store, other }) => {
      const root = await commit(store, [], { a: '0' });
      await store.moveRef(ledger, null, root);
      await other.readRefs(ledger);
      await other.readObjects([root]);
      const nexts = await Promise.all([1, 2, 3, 4].map((n) => commit(n % 2 ? store : other, [root], { a: String(n) })));
      const answers = await Promise.all(
        nexts.map((next, n) => ((n + 1) % 2 ? store : other).moveRef(ledger, root, next)),
      );
      expect(answers.toSorted()).toEqual(['conflict', 'conflict', 'conflict', 'moved']);
      const winner = nexts[answers.indexOf('moved')];
      expect(await other.readRefs(ledger)).toEqual([{ name: ledger, id: winner }]);
    });

    holds('creates a tag once and never moves it by creating', async ({ store, other }) => {
      const target = await commit(store, [], { a: '1' });
      await store.moveRef('refs/heads/main', null, target);
      const write = (message: string, via: GitStore) =>
        via.writeObject({ kind: 'tag', name: 'fraud@v1.0.0', target, message, tagger: ana });
      const mine = await write('mine', store);
      await other.readRefs('refs/heads/');
      await other.readObjects([target]);
      expect(await store.moveRef('refs/tags/fraud@v1.0.0', null, mine)).toBe('moved');
      expect(await other.moveRef('refs/tags/fraud@v1.0.0', null, await write('theirs', other))).toBe('conflict');
      expect(await other.readRefs('refs/tags/fraud@v')).toEqual([{ name: 'refs/tags/fraud@v1.0.0', id: mine }]);
      expect((await other.readObjects([mine]))[0]).toMatchObject({
        kind: 'tag',
        target,
        message: 'mine\n',
        name: 'fraud@v1.0.0',
        tagger: ana,
      });
    });

    holds('deletes a ref only at the expected value', async ({ store, other }) => {
      const one = await commit(store, [], { a: '1' });
      const two = await commit(store, [], { a: '2' });
      await store.moveRef(ledger, null, one);
      expect(await other.moveRef(ledger, two, null)).toBe('conflict');
      expect(await other.moveRef(ledger, one, null)).toBe('moved');
      expect(await store.readRefs('refs/heads/model-gitops/')).toEqual([]);
    });

    holds('keeps the ledger and promotion branches side by side', async ({ store }) => {
      const one = await commit(store, [], { a: '1' });
      const names = [
        ledger,
        'refs/heads/model-gitops/promote/fraud/production',
        'refs/heads/model-gitops/promote/fraud/staging',
      ];
      for (const name of names) expect(await store.moveRef(name, null, one)).toBe('moved');
      expect((await store.readRefs('refs/heads/model-gitops/')).map((ref) => ref.name)).toEqual(names);
    });

    holds('says which ref stands in the way of another', async ({ store }) => {
      const one = await commit(store, [], { a: '1' });
      await store.moveRef('refs/heads/model-gitops', null, one);
      await expect(store.moveRef(ledger, null, one)).rejects.toMatchObject({
        problems: [{ code: 'ref-name-conflict' }],
      });
    });

    holds('tells history by ancestry, whatever the dates say', async ({ store }) => {
      const one = await commit(store, [], { 'r/f': '1', x: '1' }, at('2026-05-05T00:00:00Z'));
      const two = await commit(store, [one], { 'r/f': '2' }, at('2020-01-01T00:00:00Z'));
      const aside = await commit(store, [two], { x: '2' }, at('2030-01-01T00:00:00Z'));
      const three = await commit(store, [aside], { 'r/f': '3' }, at('2026-05-04T00:00:00Z'));
      await store.moveRef('refs/heads/main', null, three);
      expect(ids(await store.readHistory({ from: three, path: 'r', firstParent: true }))).toEqual([three, two, one]);
      expect(ids(await store.readHistory({ from: three, path: '', firstParent: true }))).toEqual([
        three,
        aside,
        two,
        one,
      ]);
      expect(await store.readHistory({ from: three, path: 'nothing', firstParent: true })).toEqual([]);
    });

    holds('counts a merge as a change where it differs from its first parent', async ({ store }) => {
      const base = await commit(store, [], { x: '1' });
      const side = await commit(store, [base], { 'r/f': '1' });
      const main = await commit(store, [base], { x: '2' });
      const merge = await commit(store, [main, side], { 'r/f': '1' });
      await store.moveRef('refs/heads/main', null, merge);
      expect(ids(await store.readHistory({ from: merge, path: 'r/f', firstParent: true }))).toEqual([merge]);
      expect(ids(await store.readHistory({ from: merge, path: 'r/f', firstParent: false }))).toEqual([merge, side]);
      expect(ids(await store.readHistory({ from: merge, path: 'x', firstParent: true }))).toEqual([main, base]);
    });

    holds('reads literally: a path is no pattern', async ({ store }) => {
      const one = await commit(store, [], { 'r/a': '1' });
      await store.moveRef('refs/heads/main', null, one);
      expect(await store.readHistory({ from: one, path: 'r/*', firstParent: true })).toEqual([]);
    });

    holds('shows what another writer made', async ({ store, other }) => {
      const one = await commit(store, [], { 'f/1.json': '{}' });
      await store.moveRef(ledger, null, one);
      const [ref] = await other.readRefs(ledger);
      expect(await textAt(other, `${ref?.id}:f/1.json`)).toBe('{}');
      const two = await commit(other, [one], { 'f/2.json': '{}' });
      expect(await other.moveRef(ledger, one, two)).toBe('moved');
      expect(
        ids(await store.readHistory({ from: (await store.readRefs(ledger))[0]!.id, path: 'f', firstParent: true })),
      ).toEqual([two, one]);
    });
  });
}
