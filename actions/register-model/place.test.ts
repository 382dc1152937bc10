import { describe, expect, it } from 'vitest';
import { parseWorkflowFacts } from '../workflow-facts.ts';
import { judgePlace } from './place.ts';

const repository = { full_name: 'acme/fraud', default_branch: 'main' };
const on = (ref: string, name = 'push', payload: object = {}) => {
  const variables = { GITHUB_EVENT_NAME: name, GITHUB_REF: ref, GITHUB_REF_NAME: ref.split('/').slice(2).join('/') };
  return parseWorkflowFacts(variables, { repository, ...payload });
};
const head = { branch: 'main', defaultBranch: 'main' };

describe('the place to register from', () => {
  it('is the default branch', () => {
    expect(judgePlace(on('refs/heads/main'), head, false)).toBe('register');
    expect(judgePlace(on('refs/heads/main', 'schedule'), { ...head, branch: null }, false)).toBe('register');
  });

  it('is what is checked out where no workflow says where it runs', () => {
    expect(judgePlace(parseWorkflowFacts({}, {}), head, false)).toBe('register');
  });

  it('is no pull request: there it is only told what would be registered', () => {
    const pull_request = { head: { sha: 'a', repo: repository } };
    expect(judgePlace(on('refs/pull/7/merge', 'pull_request', { pull_request }), head, false)).toBe('dry-run');
    expect(judgePlace(on('refs/heads/gh-readonly-queue/main', 'merge_group'), head, false)).toBe('dry-run');
  });

  it.each([
    ['refs/heads/feature/x', 'feature/x'],
    ['refs/tags/v1', 'a tag or a single commit'],
  ])('is not %s, and the problem says what to add', (ref, name) => {
    const judged = () => judgePlace(on(ref), { branch: null, defaultBranch: 'main' }, false);
    expect(judged).toThrow(`This runs on ${name}; versions are registered from main, whose code has been reviewed.`);
    expect(judgePlace(on(ref), { branch: null, defaultBranch: 'main' }, true)).toBe('dry-run');
  });
});
