import { expect, it } from 'vitest';
import { dumpState, emptyState, findRepository, findUser } from './state.ts';

it('finds names whatever their case', () => {
  const state = emptyState();
  state.users.push({ id: 1, login: 'Ana', type: 'User', name: null, email: null, createdAt: '2026-01-02T03:04:05Z' });
  expect(findUser(state, 'aNA')?.id).toBe(1);
  expect(findRepository(state, 'ana', 'x')).toBeUndefined();
});

it('dumps without what opens a door, and keeps the text of a check', () => {
  const state = emptyState();
  const who = {
    login: 'ana',
    permissions: null,
    repositories: null,
    appId: null,
    installationId: null,
    expiresAt: null,
  };
  state.tokens.push({ text: 'ghp_secret', kind: 'user', ...who });
  state.hooks.push({ id: 2, repository: 1, appId: null, url: 'http://127.0.0.1/', secret: 'hush', events: [] });
  const check = { id: 3, suite: 1, repository: 1, appId: 1, head: 'a', name: 'gate', text: 'Lines' };
  state.checkRuns.push(check as (typeof state.checkRuns)[number]);
  const dump = JSON.stringify(dumpState(state));
  expect(dump).not.toMatch(/ghp_secret|hush/);
  expect(dump).toContain('Lines');
});
