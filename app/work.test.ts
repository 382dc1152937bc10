import type { Errand } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { addWork, keyOfPlace, type Place, type Work } from './work.ts';

const place: Place = { owner: 'acme', name: 'fraud', installation: 1, defaultBranch: 'main', url: null };
const whole: Errand = { kind: 'repository' };
const pull = (number: number, postOn: string | null = null): Errand => ({ kind: 'pull-request', number, postOn });
const comment = (commentId: number): Errand => ({
  kind: 'comment',
  number: 1,
  commentId,
  author: { login: 'anna', isBot: false },
  body: '/help',
});
const work = (errand: Errand, askedBy: string, isFresh = false): Work => ({
  place,
  errand,
  isFresh,
  askedBy: [askedBy],
});
const all = (...works: readonly Work[]) => works.reduce<readonly Work[]>(addWork, []);

describe('what waits for a repository', () => {
  it('is the same only once, asked by all who asked', () => {
    expect(all(work(pull(7), 'a'), work(pull(7), 'b', true), work(pull(8), 'c'))).toEqual([
      { place, errand: pull(7), isFresh: true, askedBy: ['a', 'b'] },
      work(pull(8), 'c'),
    ]);
  });

  it('is the whole repository where anybody asks for it, whatever came first', () => {
    const merged = [{ place, errand: whole, isFresh: true, askedBy: ['a', 'b', 'c'] }];
    expect(all(work(pull(7), 'a'), work(whole, 'b', true), work(whole, 'c'))).toEqual(merged);
    expect(all(work(whole, 'a', true), work(pull(7), 'b'), work(pull(9), 'c'))).toEqual(merged);
  });

  it('keeps what the whole does not cover: commands, and heads of merge groups', () => {
    const kept = [work(comment(1), 'a'), work(pull(7, 'f'.repeat(40)), 'b')];
    expect(all(...kept, work(whole, 'c'))).toEqual([...kept, work(whole, 'c')]);
    expect(all(work(whole, 'c'), ...kept)).toEqual([work(whole, 'c'), ...kept]);
    expect(all(work(pull(7), 'a'), work(pull(7, 'f'.repeat(40)), 'b'))).toHaveLength(2);
  });

  it('never is a pile: many pull requests are the whole, and commands end', () => {
    const pulls = Array.from({ length: 60 }, (_, index) => work(pull(index), `delivery ${index}`));
    const [only, ...others] = all(...pulls);
    expect(others).toEqual([]);
    expect(only?.errand).toEqual(whole);
    expect(only?.askedBy.length).toBeLessThanOrEqual(20);
    const comments = Array.from({ length: 300 }, (_, index) => work(comment(index), 'x'));
    expect(all(...comments)).toHaveLength(100);
  });
});

describe('the key of a repository', () => {
  it('does not tell cases apart', () => {
    expect(keyOfPlace({ owner: 'Acme', name: 'Fraud' })).toBe('acme/fraud');
  });
});
