import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const room = new URL('../../packages/stand-in/', import.meta.url);
const lines = readFileSync(new URL('README.md', room), 'utf8').split('\n');
const start = lines.findIndex((line) => line.startsWith('| situation |'));
const rows = lines.slice(start + 2, lines.indexOf('', start));

/** The titles of tests that the last cell links, with their files. */
const testsOf = (row: string) =>
  [...row.matchAll(/\[([^\]]+)\]\((\.\.\/[^)]+\.test\.ts)\)/g)].map(([, title = '', file = '']) => ({ title, file }));

it('has a test for each row of the table of the stand-in', () => {
  expect(rows.length).toBeGreaterThan(35);
  expect(rows.filter((row) => testsOf(row).length === 0)).toEqual([]);
});

it('names tests that are there', () => {
  const titles = (file: string) => readFileSync(new URL(file, room), 'utf8');
  const missing = rows.flatMap(testsOf).filter(({ title, file }) => {
    const text = titles(file);
    return !text.includes(`it('${title}'`) && !text.includes(`it("${title}"`);
  });
  expect(missing).toEqual([]);
});
