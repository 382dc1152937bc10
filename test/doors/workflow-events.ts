import type { RunnerEvent } from './runner.ts';

/** Events as GitHub describes them, with the fields that the actions read. */

const home = { full_name: 'acme/penguins', default_branch: 'main' };
const anna = { login: 'anna' };

export function pushEvent(sha: string, ref = 'refs/heads/main'): RunnerEvent {
  return { name: 'push', payload: { repository: home, sender: anna, ref, after: sha } };
}

/** Somebody pressed "Run workflow", or an app asked for it. */
export function dispatchEvent(sha: string, { ref = 'refs/heads/main', sender = 'ben' } = {}): RunnerEvent {
  const payload = { repository: home, sender: { login: sender }, ref, inputs: {} };
  return { name: 'workflow_dispatch', payload, sha };
}

/** `sha` is the merge commit that GitHub makes for the run, `head` what was pushed. */
export function pullRequestEvent(sha: string, head: string, { isFork = false } = {}): RunnerEvent {
  const from = isFork ? { full_name: 'stranger/penguins' } : home;
  const pull_request = { number: 7, head: { sha: head, ref: 'change', repo: from }, base: { ref: 'main', repo: home } };
  const payload = { repository: home, sender: anna, action: 'synchronize', number: 7, pull_request };
  return { name: 'pull_request', payload, ref: 'refs/pull/7/merge', sha };
}
