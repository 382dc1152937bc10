import { describe, expect, it } from 'vitest';
import { answeringClient } from '../testing/answering-client.ts';
import type { CheckedCommit, PullRequestFields } from './pull-request-fields.ts';
import { readCheck } from './read-check.ts';

const run = (databaseId: number, conclusion: string | null, title = `t${databaseId}`) => ({
  databaseId,
  conclusion,
  title,
  summary: null,
});
const withRuns = (...suites: ReturnType<typeof run>[][]): CheckedCommit => ({
  oid: 'head',
  checkSuites: { nodes: suites.map((nodes) => ({ checkRuns: { nodes } })) },
});
const fieldsOf = (commit: CheckedCommit) =>
  ({ headRefOid: 'head', last: { nodes: [{ commit }] } }) as unknown as PullRequestFields;
const app = { checkKind: 'app', appId: 1 } as const;

describe('our check on a head', () => {
  const { client, asked } = answeringClient(() => ({ repository: { object: withRuns([run(9, 'SUCCESS')]) } }));

  it('is the newest run of all suites', async () => {
    const commit = withRuns([run(3, 'SUCCESS')], [run(5, 'FAILURE'), run(4, 'SUCCESS')]);
    expect(await readCheck({ client, ours: app }, fieldsOf(commit))).toEqual({
      id: 5,
      head: 'head',
      conclusion: 'failure',
      title: 't5',
      summary: '',
    });
  });
  it.each([null, 'NEUTRAL', 'SKIPPED', 'CANCELLED', 'STALE', 'ACTION_REQUIRED', 'TIMED_OUT'])(
    'is not concluded when it says %s',
    async (conclusion) => {
      const found = await readCheck({ client, ours: app }, fieldsOf(withRuns([run(5, conclusion)])));
      expect(found?.conclusion).toBeNull();
    },
  );
  it('is none where there is none', async () => {
    expect(await readCheck({ client, ours: app }, fieldsOf(withRuns()))).toBeNull();
    const status = { oid: 'head', status: null };
    expect(await readCheck({ client, ours: { checkKind: 'status' } }, fieldsOf(status))).toBeNull();
  });
  it('as a status has neither number nor summary', async () => {
    const status = { oid: 'head', status: { context: { state: 'PENDING', description: 'Waits' } } };
    const found = await readCheck({ client, ours: { checkKind: 'status' } }, fieldsOf(status));
    expect(found).toEqual({ id: 0, head: 'head', conclusion: null, title: 'Waits', summary: '' });
  });
  it('is asked by itself where the list of commits ends before the head', async () => {
    asked.length = 0;
    const found = await readCheck({ client, ours: app }, fieldsOf({ ...withRuns([run(1, 'SUCCESS')]), oid: 'other' }));
    expect(found).toMatchObject({ id: 9, head: 'head', conclusion: 'success' });
    expect(asked).toEqual(['ReadCheck']);
  });
});
