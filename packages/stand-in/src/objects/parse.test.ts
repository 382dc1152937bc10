import { expect, it } from 'vitest';
import { parseCommit, parseTag, parseTree } from './parse.ts';

const id = 'a'.repeat(40);
const person = 'Ana B <ana@example.com> 1767323045 +0100';
const raw = (kind: 'commit' | 'tag' | 'tree', bytes: string | Buffer) => ({ id, kind, bytes: Buffer.from(bytes) });

it('reads a signed merge, and what was signed', () => {
  const head = `tree ${id}\nparent ${id}\nparent ${'b'.repeat(40)}\nauthor ${person}\ncommitter ${person}\n`;
  const commit = parseCommit(raw('commit', `${head}gpgsig -----BEGIN\n \n x=\n -----END\n\nTitle\n\ngpgsig no\n`));
  expect(commit).toMatchObject({
    tree: id,
    parents: [id, 'b'.repeat(40)],
    author: { name: 'Ana B', email: 'ana@example.com', date: '2026-01-02T03:04:05Z' },
    signature: '-----BEGIN\n\nx=\n-----END',
    message: 'Title\n\ngpgsig no\n',
    payload: `${head}\nTitle\n\ngpgsig no\n`,
  });
});

it('reads a tag without a tagger, and an empty message', () => {
  expect(parseTag(raw('tag', `object ${id}\ntype commit\ntag m@v1\n\n`))).toEqual({
    id,
    target: { id, kind: 'commit' },
    name: 'm@v1',
    tagger: null,
    message: '',
  });
});

it('reads a tree whose ids hold every byte', () => {
  const bytes = Buffer.concat([
    Buffer.from('40000 a b\0'),
    Buffer.alloc(20, 10),
    Buffer.from('100755 ä\0'),
    Buffer.alloc(20, 0),
  ]);
  expect(parseTree(raw('tree', bytes))).toEqual([
    { path: 'a b', mode: '040000', kind: 'tree', id: '0a'.repeat(20) },
    { path: 'ä', mode: '100755', kind: 'blob', id: '00'.repeat(20) },
  ]);
});
