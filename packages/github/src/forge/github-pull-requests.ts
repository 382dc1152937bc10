import type { PullRequests } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { findPullRequests } from './find-pull-requests.ts';
import type { ForgePlace } from './forge-place.ts';
import { openPullRequest } from './open-pull-request.ts';
import { writeOnce } from './write-once.ts';

type Changes = Parameters<PullRequests['edit']>[1];

async function readChanged(client: ForgeClient, number: number, changes: Changes): Promise<true | null> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { pull_number: number });
  const now: Changes = { title: data.title, body: data.body ?? '', state: data.state };
  const names = Object.keys(changes) as (keyof Changes)[];
  return names.every((name) => now[name] === changes[name]) ? true : null;
}

async function edit({ client }: ForgePlace, number: number, changes: Changes): Promise<void> {
  if (Object.keys(changes).length === 0) return;
  const write = () =>
    client.request(
      'PATCH /repos/{owner}/{repo}/pulls/{pull_number}',
      { pull_number: number, ...changes },
      { needs: 'pull-requests: write' },
    );
  await writeOnce<unknown>(write, () => readChanged(client, number, changes));
}

export function githubPullRequests(place: ForgePlace): PullRequests {
  return {
    find: (query) => findPullRequests(place, query),
    open: (request) => openPullRequest(place.client, request),
    edit: (number, changes) => edit(place, number, changes),
  };
}
