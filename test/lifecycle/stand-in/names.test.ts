import { afterEach, beforeEach, expect, it } from 'vitest';
import { createRef, type Story, startStory } from './story.ts';

let story: Story;
beforeEach(async () => {
  story = await startStory();
});
afterEach(() => story.github.close());

it('reads branches and labels whose names hold slashes, colons and spaces', async () => {
  const bob = story.person('bob');
  const branch = 'model-gitops/promote/penguins/production';
  await createRef(bob, `refs/heads/${branch}`, story.head);
  const job = story.as(story.github.workflowToken('acme/penguins', { checks: 'write' }));
  const check = { ...story.repository, name: 'gate', head_sha: story.head };
  await job.request('POST /repos/{owner}/{repo}/check-runs', check);
  for (const ref of [branch, `heads/${branch}`, story.head]) {
    const of = { ...story.repository, ref };
    const { data } = await bob.request('GET /repos/{owner}/{repo}/commits/{ref}/check-runs', of);
    expect(data.total_count).toBe(1);
  }
  const one = { ...story.repository, issue_number: 1 };
  const labels = ['model:penguins', 'needs a person'];
  await bob.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', { ...one, labels });
  const route = 'DELETE /repos/{owner}/{repo}/issues/{issue_number}/labels/{name}';
  expect((await bob.request(route, { ...one, name: 'needs a person' })).data.map(({ name }) => name)).toEqual([
    'model:penguins',
  ]);
  expect((await bob.request(route, { ...one, name: 'model:penguins' })).data).toEqual([]);
});
