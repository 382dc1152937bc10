import type { GitObject } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { boundedMap } from './bounded-map.ts';
import { createObjectCache, holding, parseObjectName, remember, resolveName } from './object-cache.ts';

const id = (digit: string) => digit.repeat(40);
const signature = { name: 'Ana', email: 'a@example.com', date: '2026-03-01T10:00:00Z' };
const commit: GitObject = {
  kind: 'commit',
  id: id('1'),
  tree: id('2'),
  parents: [],
  author: signature,
  committer: signature,
  message: 'x\n',
};
const root: GitObject = { kind: 'tree', id: id('2'), entries: [{ name: 'r', kind: 'tree', id: id('3') }] };
const folder: GitObject = { kind: 'tree', id: id('3'), entries: [{ name: 'f', kind: 'blob', id: id('4') }] };

const resolve = (objects: readonly GitObject[], text: string) => {
  const cache = createObjectCache();
  for (const object of objects) remember(cache, object);
  const name = parseObjectName(text);
  return name === null ? null : resolveName(cache, name);
};

describe('resolveName', () => {
  it('follows a path through the trees that are remembered', () => {
    expect(resolve([commit, root, folder], `${id('1')}:r/f`)).toEqual({ id: id('4') });
    expect(resolve([commit, root], `${id('1')}:r/`)).toEqual({ id: id('3') });
    expect(resolve([commit], `${id('1')}:`)).toEqual({ id: id('2') });
  });

  it('knows what is not there, and what has to be read to know', () => {
    expect(resolve([commit, root, folder], `${id('1')}:r/x`)).toEqual({ absent: true });
    expect(resolve([commit, root], `${id('1')}:r/f`)).toEqual({ next: id('3') });
    expect(resolve([], `${id('1')}:r/f`)).toEqual({ next: id('1') });
    expect(resolve([commit, root, folder], `${id('1')}:r/f/g`)).toEqual({ absent: true });
  });

  it.each(['HEAD', '--help', 'main:r', '', `${id('1')}:a\nb`, '12345'])('takes %j for no name', (text) => {
    expect(parseObjectName(text)).toBeNull();
  });
});

describe('what is remembered', () => {
  it('forgets first what was not asked for longest', () => {
    const map = boundedMap<string>(4, (text) => text.length);
    map.set('a', 'xx');
    map.set('b', 'yy');
    map.get('a');
    map.set('c', 'z');
    expect([map.has('a'), map.has('b'), map.has('c')]).toEqual([true, false, true]);
    map.set('large', 'longer than all');
    expect([map.has('a'), map.has('large')]).toEqual([false, true]);
  });

  it('is held while one question is answered', () => {
    const cache = createObjectCache();
    const held = holding(cache);
    remember(held, commit);
    const large: GitObject = { kind: 'blob', id: id('5'), text: 'x'.repeat(70_000_000) };
    remember(held, large);
    expect(cache.objects.has(commit.id)).toBe(false);
    expect(held.objects.get(commit.id)).toBe(commit);
  });
});
