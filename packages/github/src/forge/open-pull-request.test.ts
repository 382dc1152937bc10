import { ProblemError } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { ForgeFailure } from '../octokit/forge-failure.ts';
import { answeringClient } from '../testing/answering-client.ts';
import { openPullRequest } from './open-pull-request.ts';

const request = { branch: 'promote', base: 'main', title: 'Promote', body: '', labels: ['promotion'] };
const here = { ref: 'main', repo: { id: 1 } };

function refusal(...messages: readonly string[]): ProblemError {
  const cause = new ForgeFailure('refused', { status: 422, messages });
  return new ProblemError({ code: 'forge-refused', message: 'No.', remedy: 'Look.' }, { cause });
}

/** A repository where somebody else was quicker. */
function beside(
  open: readonly unknown[],
  refused = refusal('Validation Failed', 'A pull request already exists for acme:promote.'),
) {
  return answeringClient((what) => {
    if (what.startsWith('GET')) return open;
    if (what.endsWith('/labels')) return [];
    throw refused;
  });
}

describe('of two that open one branch at once', () => {
  it('the second finds what the first made, and makes sure of its labels', async () => {
    const { client, asked } = beside([
      { number: 7, head: { ref: 'promote', repo: { id: 1 } }, base: here, labels: [] },
    ]);
    expect(await openPullRequest(client, request)).toEqual({ number: 7, created: false });
    expect(asked.map((route) => route.split('/').at(-1))).toEqual(['pulls', 'pulls', 'labels']);
  });

  it('the second is told so where there is only a fork’s of that name', async () => {
    const { client } = beside([{ number: 8, head: { ref: 'promote', repo: { id: 2 } }, base: here, labels: [] }]);
    await expect(openPullRequest(client, request)).rejects.toMatchObject({ problems: [{ code: 'forge-refused' }] });
  });

  it('any other refusal is one', async () => {
    const { client, asked } = beside([], refusal('Validation Failed', 'No commits between main and promote'));
    await expect(openPullRequest(client, request)).rejects.toMatchObject({ problems: [{ code: 'forge-refused' }] });
    expect(asked).toHaveLength(1);
  });
});
