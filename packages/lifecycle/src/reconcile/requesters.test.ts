import { describe, expect, it } from 'vitest';
import { type RequestFacts, requestersOf } from './requesters.ts';

const account = (login: string) => ({ login, isBot: false });
const facts = (changes: Partial<RequestFacts>): RequestFacts => ({
  purpose: 'promote',
  sender: null,
  origins: [],
  pusher: null,
  ...changes,
});
const origin = { author: account('anna'), committers: [account('Anna'), account('carl')] };

describe('who may not approve', () => {
  it.each<[string, Partial<RequestFacts>, readonly string[] | null]>([
    ['author and committers of the pull request that brought it, each once', { origins: [origin] }, ['Anna', 'carl']],
    ['whoever pushed it directly', { pusher: account('dora') }, ['dora']],
    ['who asked, besides who wrote it', { sender: 'ben', origins: [origin] }, ['ben', 'Anna', 'carl']],
    ['nobody knows: no pull request, no pusher', {}, null],
    ['nobody knows, although somebody asked', { sender: 'ben' }, null],
    ['nobody knows: all accounts are gone', { origins: [{ author: null, committers: [] }] }, null],
    ['a rollback: who asked alone', { purpose: 'rollback', sender: 'ben', origins: [origin] }, ['ben']],
    ['a rollback by rule: who wrote it', { purpose: 'rollback', origins: [origin] }, ['Anna', 'carl']],
    ['an archive: who asked alone', { purpose: 'archive', sender: 'ben' }, ['ben']],
  ])('%s', (_, changes, expected) => {
    expect(requestersOf(facts(changes))).toEqual(expected);
  });
});
