import { describe, expect, it } from 'vitest';
import { Raised } from '../expectation.ts';
import { parsePattern } from './pattern.ts';

const finds = (pattern: string, text: string) => parsePattern(pattern).expression.test(text);

describe('parsePattern', () => {
  it.each([
    ['^AB', 'ABc', true],
    ['s$', 'lines\n', true],
    ['s$', 'lines\n\n', false],
    ['s\\Z', 'lines\n', false],
    ['(?m)^b$', 'a\nb\nc', true],
    ['a.b', 'a\rb', true],
    ['a.b', 'a\nb', false],
    ['(?s)a.b', 'a\nb', true],
    ['(?i)^straße$', 'STRASSE', false],
    ['(?i)^äb$', 'ÄB', true],
    ['^\\d+$', '٣4', true],
    ['(?a)^\\d+$', '٣4', false],
    ['^\\w+$', 'caf\u00e9_1', true],
    ['^\\w+$', 'cafe\u0301', false],
    ['\\bé', 'a é', true],
    ['\\Bé', 'aé', true],
    ['^[^\\W\\d]{2}$', 'éa', true],
    ['^[^\\W\\d]{2}$', 'é1', false],
    ['[]a]', ']', true],
    ['[a\\-z]', 'b', false],
    ['[&&--]', '-', true],
    ['(?<=A)B', 'AB', true],
    ['(?<!A)B', 'AB', false],
    ['(?P<x>a)(?P=x)', 'aa', true],
    ['(a)\\1', 'aa', true],
    ['a{,2}b', 'b', true],
    ['^a{2,3}?$', 'aaa', true],
    ['a{x}', 'a{x}', true],
    ['^.$', '\u{1f600}', true],
    ['\\u00e9\\x41', '\u00e9A', true],
    ['(?#note)a', 'a', true],
    ['^\\s$', '\u2003', true],
    ['^a|b$', 'xb\n', true],
    ['-/~', '-/~', true],
  ])('%j in %j: %s', (pattern, text, found) => {
    expect(finds(pattern, text)).toBe(found);
  });
  it.each([
    '[',
    '(',
    'a)',
    '*a',
    'a**',
    '\\',
    '\\q',
    '[z-a]',
    '[\\d-z]',
    '(?>a)',
    'a++',
    '(?x) a',
    '(?P<1>a)',
    '(?(1)a|b)',
  ])('raises for %j', (pattern) => {
    expect(() => parsePattern(pattern)).toThrow(Raised);
  });
  it('says the same to RE2 where RE2 can, and nothing where it cannot', () => {
    expect(parsePattern('(?i)^ab-\\d+$').re2).toBe('(?i)^ab\\x{2d}[\\p{Nd}]+(?:\\n?\\z)');
    for (const pattern of ['(?<=A)B', '\\bx', '(a)\\1', '[^\\W]', 'a{1001}', '(a$)\\n'])
      expect(parsePattern(pattern).re2).toBeNull();
  });
});
