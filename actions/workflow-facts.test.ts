import { describe, expect, it } from 'vitest';
import { parseWorkflowFacts } from './workflow-facts.ts';

const home = { full_name: 'acme/fraud', default_branch: 'trunk' };
const variables = {
  GITHUB_ACTOR: 'anna',
  GITHUB_REF: 'refs/heads/trunk',
  GITHUB_REF_NAME: 'trunk',
  GITHUB_REPOSITORY: 'acme/fraud',
  GITHUB_RUN_ID: '8123',
  GITHUB_SERVER_URL: 'https://github.example.com',
  GITHUB_SHA: 'a'.repeat(40),
};
const factsOf = (name: string, payload: object, more: Record<string, string> = {}) =>
  parseWorkflowFacts({ ...variables, GITHUB_EVENT_NAME: name, ...more }, payload);

const pull = (repo: object | null) => ({ head: { sha: 'b'.repeat(40), repo } });
const request = { GITHUB_REF: 'refs/pull/7/merge', GITHUB_REF_NAME: '7/merge' };

describe('the facts of a workflow run', () => {
  it('are those of a push to the default branch', () => {
    expect(factsOf('push', { repository: home, sender: { login: 'ben' }, ref: 'refs/heads/trunk' })).toEqual({
      defaultBranch: 'trunk',
      branch: 'trunk',
      isProposal: false,
      pullRequestHead: null,
      isFork: false,
      commit: 'a'.repeat(40),
      requestedBy: 'ben',
      workflowRun: 'acme/fraud/actions/runs/8123',
      repositoryUrl: 'https://github.example.com/acme/fraud',
      isHostedRunner: false,
    });
  });

  it('are those of a pull request of this repository', () => {
    const facts = factsOf('pull_request', { repository: home, pull_request: pull(home) }, request);
    expect(facts).toMatchObject({ isProposal: true, isFork: false, pullRequestHead: 'b'.repeat(40), branch: null });
  });

  it.each([
    ['a fork', 'pull_request', { pull_request: pull({ full_name: 'stranger/fraud' }) }],
    ['a fork that was deleted', 'pull_request', { pull_request: pull(null) }],
    ['a fork whose token could write', 'pull_request_target', { pull_request: pull({ full_name: 'stranger/fraud' }) }],
    ['a run after a run of a fork', 'workflow_run', { workflow_run: { head_repository: { full_name: 'x/fraud' } } }],
    ['a pull request that we cannot read', 'pull_request', { pull_request: { head: 7 } }],
  ])('say that nothing may be written: %s', (_, name, payload) => {
    expect(factsOf(name, { repository: home, ...payload }, request).isFork).toBe(true);
  });

  it('count an entry of the merge queue as not merged yet', () => {
    const queue = { GITHUB_REF: 'refs/heads/gh-readonly-queue/trunk/pr-7', GITHUB_REF_NAME: 'gh-readonly-queue/trunk' };
    expect(factsOf('merge_group', { repository: home }, queue)).toMatchObject({ isProposal: true, branch: null });
  });

  it('name no branch for a tag', () => {
    const tag = { GITHUB_REF: 'refs/tags/v1', GITHUB_REF_NAME: 'v1' };
    expect(factsOf('push', { repository: home }, tag).branch).toBeNull();
  });

  it('name who asked: the sender, otherwise the actor, and nobody for a schedule', () => {
    expect(factsOf('workflow_dispatch', { repository: home, sender: { login: 'cleo' } }).requestedBy).toBe('cleo');
    expect(factsOf('workflow_dispatch', { repository: home }).requestedBy).toBe('anna');
    expect(factsOf('schedule', { repository: home }).requestedBy).toBeNull();
  });

  it.each([[null], ['text'], [[]], [{ repository: 'acme/fraud' }], [{ sender: { login: 7 } }]])(
    'guess nothing from a payload that is none of GitHub’s: %j',
    (payload) => {
      const facts = factsOf('push', payload as object);
      expect(facts).toMatchObject({ defaultBranch: null, isProposal: false, isFork: false, requestedBy: 'anna' });
    },
  );

  it('are all unknown outside a workflow', () => {
    expect(parseWorkflowFacts({ GITHUB_ACTOR: '' }, {})).toMatchObject({
      branch: null,
      commit: null,
      requestedBy: null,
      workflowRun: null,
      repositoryUrl: null,
    });
  });
});
