import { describe, expect, it } from 'vitest';
import { accountOfActor, accountOfAuthor, accountOfUser } from './accounts.ts';

describe('accounts', () => {
  it('have one name, whichever API tells it', () => {
    const bot = { login: 'model-gitops[bot]', isBot: true };
    expect(accountOfActor({ __typename: 'Bot', login: 'model-gitops' })).toEqual(bot);
    expect(accountOfActor({ __typename: 'Bot', login: 'model-gitops[bot]' })).toEqual(bot);
    expect(accountOfUser({ login: 'model-gitops[bot]', type: 'Bot' })).toEqual(bot);
    expect(accountOfAuthor({ login: 'model-gitops[bot]' })).toEqual(bot);
  });
  it('are bots by their type, not by a name that looks like one', () => {
    expect(accountOfActor({ __typename: 'User', login: 'model-gitops-bot' })?.isBot).toBe(false);
    expect(accountOfUser({ login: 'renovate-bot', type: 'User' })?.isBot).toBe(false);
    expect(accountOfAuthor({ login: 'ana' })?.isBot).toBe(false);
  });
  it('that are gone, or stand for somebody of another place, are nobody', () => {
    expect(accountOfActor(null)).toBeNull();
    expect(accountOfActor({ __typename: 'Mannequin', login: 'ana' })).toBeNull();
    expect(accountOfUser(null)).toBeNull();
    expect(accountOfAuthor(undefined)).toBeNull();
  });
});
