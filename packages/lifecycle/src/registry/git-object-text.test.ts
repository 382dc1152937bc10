import { describe, expect, it } from 'vitest';
import { parseCommitText, parseTagText } from './git-object-text.ts';

const id = '0'.repeat(40);
const tagged = (when: string) => parseTagText(id, `object ${id}\ntype commit\ntag x\ntagger Ana <a@b> ${when}\n\nx\n`);

describe('objects that others wrote', () => {
  it.each([
    ['1767225600 +0000', '2026-01-01T00:00:00Z'],
    ['1767225600 +051800', '2026-01-01T00:00:00Z'],
    ['-1 +0000', '1969-12-31T23:59:59Z'],
    ['99999999999999 +0000', '1970-01-01T00:00:00Z'],
    ['253402300800 +0000', '1970-01-01T00:00:00Z'],
    ['soon', '1970-01-01T00:00:00Z'],
  ])('a tag of %s is of %s', (when, date) => expect(tagged(when).tagger.date).toBe(date));

  it('a tag and a commit that name nobody', () => {
    expect(parseTagText(id, `object ${id}\ntype commit\ntag x\n\nx\n`).tagger).toMatchObject({ name: '' });
    expect(parseCommitText(id, '')).toMatchObject({ parents: [], tree: '', message: '' });
  });
});
