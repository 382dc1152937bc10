import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Story, startStory, statusOf } from './story.ts';

const retrain = `on:
  workflow_dispatch:
    inputs:
      model: { required: true, type: string }
      size: { type: choice, options: [small, large], default: small }
jobs: {}
`;

let story: Story;
beforeEach(async () => {
  story = await startStory({
    '.github/workflows/retrain.yml': retrain,
    '.github/workflows/test.yml': 'on: [push, pull_request]\njobs: {}\n',
  });
});
afterEach(() => story.github.close());

const route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
const dispatch = (workflow_id: string, inputs: Record<string, string>, ref = 'main') =>
  story.person('bob').request(route, { ...story.repository, workflow_id, ref, inputs });

it('records a workflow dispatch with its inputs, and runs nothing', async () => {
  expect(await statusOf(dispatch('retrain.yml', { model: 'penguins' }))).toBe(204);
  expect(story.github.dispatches).toMatchObject([
    {
      kind: 'workflow',
      name: 'retrain.yml',
      ref: 'refs/heads/main',
      inputs: { model: 'penguins', size: 'small' },
      actor: 'bob',
    },
  ]);
});

it('refuses a workflow that is not there, without the trigger, or with other inputs', async () => {
  expect(await statusOf(dispatch('missing.yml', {}))).toBe(404);
  expect(await statusOf(dispatch('test.yml', {}))).toBe(422);
  expect(await statusOf(dispatch('retrain.yml', { model: 'penguins', colour: 'red' }))).toBe(422);
  expect(await statusOf(dispatch('retrain.yml', {}))).toBe(422);
  expect(await statusOf(dispatch('retrain.yml', { model: 'penguins', size: 'huge' }))).toBe(422);
  expect(await statusOf(dispatch('retrain.yml', { model: 'penguins' }, 'no-such-branch'))).toBe(422);
  expect(story.github.dispatches).toEqual([]);
});

it('takes a workflow from the ref that it is asked for', async () => {
  expect(await statusOf(dispatch('retrain.yml', { model: 'penguins' }, 'feature'))).toBe(204);
  expect(story.github.dispatches[0]?.ref).toBe('refs/heads/feature');
});

it('lets a job dispatch, which starts runs, given the permission', async () => {
  const given = { ...story.repository, workflow_id: 'retrain.yml', ref: 'main', inputs: { model: 'penguins' } };
  const reader = story.as(story.github.workflowToken('acme/penguins', { actions: 'read' }));
  expect(await statusOf(reader.request(route, given))).toBe(403);
  const writer = story.as(story.github.workflowToken('acme/penguins', { actions: 'write' }));
  expect(await statusOf(writer.request(route, given))).toBe(204);
  expect(story.github.workflowEvents.at(-1)).toMatchObject({ name: 'workflow_dispatch', start: 'runs' });
});

it('records a repository dispatch', async () => {
  const given = { event_type: 'retrain', client_payload: { model: 'penguins' } };
  await story.person('bob').request('POST /repos/{owner}/{repo}/dispatches', { ...story.repository, ...given });
  expect(story.github.dispatches).toMatchObject([
    { kind: 'repository', name: 'retrain', inputs: { model: 'penguins' }, actor: 'bob' },
  ]);
  const many = Object.fromEntries(Array.from({ length: 11 }, (_, index) => [`key${index}`, index]));
  const tooMany = { ...story.repository, event_type: 'retrain', client_payload: many };
  expect(await statusOf(story.person('bob').request('POST /repos/{owner}/{repo}/dispatches', tooMany))).toBe(422);
});
