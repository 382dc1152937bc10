import { expect, it } from 'vitest';
import { startOf } from './workflow-events.ts';

const job = 'github-actions[bot]';

it.each([
  ['push', null, 'ana', 'runs'],
  ['push', null, 'gate[bot]', 'runs'],
  ['push', null, job, 'none'],
  ['release', 'published', job, 'none'],
  ['issue_comment', 'created', job, 'none'],
  ['workflow_dispatch', null, job, 'runs'],
  ['repository_dispatch', 'retrain', job, 'runs'],
  ['pull_request', 'opened', job, 'waits-for-approval'],
  ['pull_request', 'synchronize', job, 'waits-for-approval'],
  ['pull_request', 'reopened', job, 'waits-for-approval'],
  ['pull_request', 'labeled', job, 'none'],
  ['pull_request', 'closed', job, 'none'],
] as const)('%s %s by %s: %s', (name, action, sender, start) => {
  expect(startOf({ name, action, sender })).toBe(start);
});
