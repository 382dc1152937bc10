import type { Comment } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { hasMarker, keyOf, type Marker, parseMarker, planComment, renderMarker } from './sticky-comment.ts';

const head = 'a'.repeat(40);
const marker: Marker = { key: 'fraud', head, run: 41 };
const self = { login: 'github-actions[bot]', isBot: true };
const bodyOf = (one: Marker, text = 'passed') => `${renderMarker(one)}\n${text}\n`;
const comment = (id: number, body: string, login = self.login): Comment => ({
  id,
  author: { login, isBot: true },
  body,
});
const body = bodyOf(marker);
const plan = (comments: readonly Comment[], more = {}) =>
  planComment(comments, { marker, body, self, isWanted: true, ...more });

describe('the marker', () => {
  it('is read as it was written', () => {
    for (const one of [marker, { key: keyOf(['a', 'b'], 'nightly -->'), head: null, run: 0 }])
      expect(parseMarker(bodyOf(one))).toEqual(one);
  });

  it.each([
    ['a quote of it', `> ${renderMarker(marker)}`],
    ['one further down', `Look:\n${renderMarker(marker)}`],
    ['one of another kind', renderMarker(marker).replace(':eval', ':promotion')],
    ['one of a later version', renderMarker(marker).replace('v=1', 'v=2')],
    ['one that is cut', renderMarker(marker).slice(0, -5)],
  ])('is not %s', (_, text) => {
    expect(parseMarker(text)).toBeNull();
  });

  it('has a key that cannot end it, the same for the same models in any order', () => {
    expect(keyOf(['b', 'a', 'b'], null)).toBe(keyOf(['a', 'b'], null));
    expect(keyOf(['a'], 'x')).not.toBe(keyOf(['a'], null));
    expect(keyOf(['a'], '--> run=9 v=1 -->\n<img>')).not.toMatch(/[\s<>]/);
  });
});

describe('the comment of an evaluation', () => {
  it('is made once, and edited from then on', () => {
    expect(plan([comment(1, 'Looks good')])).toEqual({ kind: 'create' });
    const older = comment(2, bodyOf({ ...marker, run: 40 }, 'failed'));
    expect(plan([comment(1, 'Looks good'), older])).toEqual({ kind: 'edit', id: 2 });
  });

  it('is not made where there is nothing to say, but brought up to date where there is one', () => {
    expect(plan([], { isWanted: false })).toEqual({ kind: 'leave' });
    const failed = comment(2, bodyOf({ ...marker, run: 40 }, 'failed'));
    expect(plan([failed], { isWanted: false })).toEqual({ kind: 'edit', id: 2 });
  });

  it('stays as it is where it says the same, or a newer run wrote it', () => {
    expect(plan([comment(2, body.replaceAll('\n', '\r\n'))])).toEqual({ kind: 'leave' });
    expect(plan([comment(2, bodyOf({ ...marker, run: 42 }))])).toEqual({ kind: 'leave' });
    const again = comment(2, bodyOf(marker, 'an earlier attempt of the same run'));
    expect(plan([again])).toEqual({ kind: 'edit', id: 2 });
  });

  it('is never one that somebody else wrote, whatever it begins with', () => {
    const forged = comment(2, bodyOf({ ...marker, run: 999 }, 'I am the bot'), 'eve');
    expect(hasMarker([forged], 'fraud')).toBe(true);
    expect(plan([forged])).toEqual({ kind: 'create' });
    expect(plan([forged], { self: null })).toEqual({ kind: 'create' });
    expect(plan([forged, comment(3, bodyOf({ ...marker, run: 40 }))])).toEqual({ kind: 'edit', id: 3 });
  });

  it('is another one for other models', () => {
    const other = comment(2, bodyOf({ ...marker, key: 'churn', run: 999 }));
    expect(hasMarker([other], 'fraud')).toBe(false);
    expect(plan([other])).toEqual({ kind: 'create' });
  });
});
