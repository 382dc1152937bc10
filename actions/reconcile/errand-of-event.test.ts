import { describe, expect, it } from 'vitest';
import { errandOfEvent } from './errand-of-event.ts';

const whole = { errand: { kind: 'repository' } };
const sha = 'a'.repeat(40);
const comment = (body: string, more: object = {}, user: object | null = { login: 'anna', type: 'User' }) => ({
  action: 'created',
  issue: { number: 7 },
  comment: { id: 9, body, user },
  ...more,
});

describe('what an event of a workflow makes us look at', () => {
  it.each([['push'], ['schedule'], ['workflow_dispatch'], ['']])('%s: the whole repository', (name) => {
    expect(errandOfEvent(name, {})).toEqual(whole);
  });

  it.each([['pull_request'], ['pull_request_review'], ['pull_request_target']])('%s: that pull request', (name) => {
    const errand = { kind: 'pull-request', number: 7, postOn: null };
    expect(errandOfEvent(name, { action: 'submitted', pull_request: { number: 7 } })).toEqual({ errand });
    expect(errandOfEvent(name, { action: 'closed', pull_request: { number: 7 } })).toEqual(whole);
    expect(errandOfEvent(name, { pull_request: { number: '7' } })).toEqual(whole);
  });

  it('a merge group: the pull request that the queue named, on a head of its own', () => {
    const group = (head_ref: string) => ({ merge_group: { head_sha: sha, head_ref } });
    const errand = { kind: 'pull-request', number: 7, postOn: sha };
    expect(errandOfEvent('merge_group', group(`refs/heads/gh-readonly-queue/main/pr-7-${sha}`))).toEqual({ errand });
    expect(errandOfEvent('merge_group', group('refs/heads/main'))).toEqual(whole);
    expect(errandOfEvent('merge_group', {})).toEqual(whole);
  });

  it('a command: who gave it as GitHub says, never as the text does', () => {
    const errand = {
      kind: 'comment',
      number: 7,
      commentId: 9,
      author: { login: 'anna', isBot: false },
      body: '/promote 1.4.0 as @ben',
    };
    expect(errandOfEvent('issue_comment', comment(errand.body))).toEqual({ errand });
  });

  it.each([
    ['talk', comment('I would /promote this')],
    ['an edited comment', comment('/promote', { action: 'edited' })],
    ['a bot', comment('/promote', {}, { login: 'x[bot]', type: 'Bot' })],
    ['somebody who is gone', comment('/promote', {}, null)],
    ['a payload that is none of GitHub’s', { issue: 7 }],
  ])('%s: nothing, and it says so', (_, payload) => {
    expect(errandOfEvent('issue_comment', payload)).toEqual({ nothing: expect.stringMatching(/\.$/) });
  });
});
