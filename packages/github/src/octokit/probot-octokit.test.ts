import { ProbotOctokit } from 'probot';
import { expect, it } from 'vitest';
import { testHost } from '../../../lifecycle/src/testing/registry-world.ts';
import { createForgeClient } from './forge-client.ts';

/** An Octokit as Probot makes it, with its plugin for retries awake, over a GitHub that always answers the same. */
function openClient(status: number) {
  let count = 0;
  const fetch = async () => {
    count += 1;
    return Response.json({ message: 'as always' }, { status });
  };
  const octokit = new ProbotOctokit({
    auth: { token: 'ghs_secret' },
    baseUrl: 'https://github.test/api/v3',
    throttle: { enabled: false },
    log: { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} },
    request: { fetch },
  });
  const repository = { owner: 'acme', name: 'penguins' };
  const client = createForgeClient({ apiUrl: '', access: { octokit }, repository, host: testHost() });
  return { client, count: () => count };
}

it('an Octokit of Probot repeats no write, and reads as often as the client says', async () => {
  const { client, count } = openClient(502);
  await expect(client.request('POST /repos/{owner}/{repo}/issues', { title: 'x' })).rejects.toThrow(/did not answer/);
  expect(count()).toBe(1);
  await expect(client.graphql('mutation M { x }')).rejects.toThrow(/did not answer/);
  expect(count()).toBe(2);
  await expect(client.request('GET /repos/{owner}/{repo}')).rejects.toThrow(/did not answer/);
  expect(count()).toBe(8);
});

it('an Octokit of Probot has its refusals translated as any other', async () => {
  const { client } = openClient(401);
  await expect(client.graphql('query Q { x }')).rejects.toMatchObject({ problems: [{ code: 'forge-credentials' }] });
});
