import { describe, expect, it } from 'vitest';
import { memoryGitStore } from '../../../lifecycle/src/testing/memory-git-store.ts';
import { createObjectCache, remember } from './object-cache.ts';
import { overlayTree } from './tree-overlay.ts';

const author = { name: 'Ana', email: 'ana@example.com', date: '2026-03-01T10:00:00Z' };

/** A commit in memory whose names are Git's own, with the trees that a cache holds of it. */
async function world(files: Record<string, string>, more: Record<string, string | null>) {
  const git = memoryGitStore();
  const commit = async (parents: string[], of: Record<string, string | null>) => {
    const id = await git.writeObject({ kind: 'commit', parents, files: of, message: 'x\n', author });
    const [object] = await git.readObjects([id]);
    return object?.kind === 'commit' ? object : null;
  };
  const one = await commit([], files);
  const two = await commit([one!.id], more);
  const cache = createObjectCache();
  const keep = async (id: string): Promise<void> => {
    const [tree] = await git.readObjects([id]);
    if (tree?.kind !== 'tree') return;
    remember(cache, tree);
    for (const entry of tree.entries) if (entry.kind === 'tree') await keep(entry.id);
  };
  await keep(one!.tree);
  return { cache, base: one!.tree, expected: two!.tree };
}

describe('overlayTree', () => {
  it.each([
    [
      { 'a/b/c': '1', 'a.b': '2', 'a/d': '3' },
      { 'a/b/e': '4', 'a/b/c': null, 'a-': 'ä' },
    ],
    [{ a: '1' }, { a: null, 'x/y/z': '' }],
    [{ 'a/b': '1', c: '2' }, { 'a/b': null }],
    [{ a: '1' }, { a: null }],
  ])('names %j with %j as Git does', async (files, more) => {
    const { cache, base, expected } = await world(
      files as Record<string, string>,
      more as Record<string, string | null>,
    );
    expect(overlayTree(cache, base, new Map(Object.entries(more)), base)?.id).toBe(expected);
  });

  it('does not guess what a folder holds that was never read', () => {
    const unknown = '1'.repeat(40);
    expect(overlayTree(createObjectCache(), unknown, new Map([['a', '1']]), unknown)).toBeNull();
  });
});
