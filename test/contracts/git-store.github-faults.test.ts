import { execFileSync } from 'node:child_process';
import { createForgeClient, githubGitStore } from '@model-gitops/github';
import { appendEvents, type GitStore, readLedger, registerModel } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { registration, testHost } from '../../packages/lifecycle/src/testing/registry-world.ts';
import {
  type Call,
  type Fault,
  faults,
  githubRepositories,
  hastyHost,
  openWriter,
  recordedRun,
} from './github-repository.ts';
import { git } from './scratch-git.ts';

const openRepository = githubRepositories();
const author = { name: 'Ana', email: 'ana@example.com', date: '2026-03-01T10:00:00Z' };
const ledger = 'refs/heads/model-gitops/ledger';

const commit = (store: GitStore, parents: readonly string[], text: string) =>
  store.writeObject({ kind: 'commit', parents, files: { 'a/b/c': text }, message: 'x\n', author });

describe('a registration', () => {
  /** Goes through with a fault at one of its calls, and leaves exactly one version and one witness. */
  async function withFault(index: number, fault: Fault | null): Promise<number> {
    const repository = await openRepository();
    let count = -1;
    const { client, calls } = repository.client({
      fault: () => {
        count += 1;
        return count === index && fault !== null ? fault : undefined;
      },
    });
    const writer = openWriter(client);
    const answer = await registerModel(registration(repository.head, 'a'), writer);
    expect(answer).toMatchObject({ outcome: 'pass', version: '1.0.0', created: true });
    expect(git(repository.folder, 'tag', '--list')).toBe('fraud@v1.0.0');
    const { events } = await readLedger(githubGitStore(repository.client().client), 'fraud');
    expect(events.map(({ id }) => id)).toEqual(['registered-1.0.0']);
    return calls.length;
  }

  it.each(['badGateway', 'badGatewayAfter', 'resetAfter', 'halfAfter'] as const)(
    'survives %s at any one of its calls',
    async (name) => {
      const fault = faults[name];
      const calls = await withFault(-1, null);
      await Promise.all(Array.from({ length: calls }, (_, index) => withFault(index, fault)));
    },
  );
});

describe('a pause', () => {
  it('of a minute is kept before the write goes on', async () => {
    const repository = await openRepository();
    const host = testHost();
    const start = host.now().getTime();
    let isFirst = true;
    const { client } = repository.client({
      host,
      fault: ({ path }) => {
        if (!path.endsWith('git/refs') || !isFirst) return undefined;
        isFirst = false;
        return faults.secondary;
      },
    });
    const store = githubGitStore(client);
    expect(await store.moveRef(ledger, null, repository.head)).toBe('moved');
    expect(host.now().getTime() - start).toBeGreaterThanOrEqual(60_000);
  });
});

describe('a copy of GitHub that is behind', () => {
  /** The answers to reading refs as they were at first, a few times more. */
  function lagging(times: number): (call: Call) => Fault | undefined {
    let old: string | null = null;
    let left = times;
    return ({ path }) => {
      if (!path.includes('matching-refs')) return undefined;
      return async (perform) => {
        if (old !== null && left > 0) {
          left -= 1;
          return new Response(old, { headers: { 'content-type': 'application/json' } });
        }
        const answer = await perform();
        old = await answer.clone().text();
        return answer;
      };
    };
  }

  it('is asked again until it shows what was written here', async () => {
    const repository = await openRepository();
    const store = githubGitStore(repository.client({ fault: lagging(3) }).client);
    expect(await store.readRefs(ledger)).toEqual([]);
    const one = await commit(store, [], '1');
    await store.moveRef(ledger, null, one);
    expect(await store.readRefs(ledger)).toEqual([{ name: ledger, id: one }]);
  });

  it('is believed in the end: somebody may have turned the ref back', async () => {
    const repository = await openRepository();
    const store = githubGitStore(repository.client().client);
    const one = await commit(store, [], '1');
    const two = await commit(store, [one], '2');
    await store.moveRef(ledger, null, one);
    await store.moveRef(ledger, one, two);
    git(repository.folder, 'update-ref', ledger, one);
    expect(await store.readRefs(ledger)).toEqual([{ name: ledger, id: one }]);
  });

  /** A query that finds no object, a few times. */
  function forgetful(times: number): (call: Call) => Fault | undefined {
    let left = times;
    return ({ path, body }) => {
      if (path !== 'graphql' || left === 0 || body.includes('mutation')) return undefined;
      left -= 1;
      return async (perform) => {
        const { data } = (await (await perform()).json()) as { data: { repository: Record<string, unknown> } };
        const repository = Object.entries(data.repository).map(([key, value]) => [key, key === 'id' ? value : null]);
        return Response.json({ data: { repository: Object.fromEntries(repository) } });
      };
    };
  }

  it.each([2, 99])('that does not show a commit which a ref names hides no history (%i times)', async (times) => {
    const repository = await openRepository();
    const mine = githubGitStore(repository.client().client);
    const one = await commit(mine, [], '1');
    await mine.moveRef(ledger, null, one);
    const store = githubGitStore(repository.client({ fault: forgetful(times) }).client);
    const [ref] = await store.readRefs(ledger);
    const history = () => store.readHistory({ from: ref?.id ?? '', path: 'a', firstParent: true });
    const texts = githubGitStore(repository.client({ fault: forgetful(times) }).client);
    await texts.readRefs(ledger);
    const text = () => texts.readObjects([`${one}:a/b/c`]);
    const problem = { problems: [{ code: 'forge-unreachable' }], kind: 'could-not-run' };
    if (times > 5) {
      await expect(history()).rejects.toMatchObject(problem);
      await expect(text()).rejects.toMatchObject(problem);
    } else {
      expect((await history()).map(({ id }) => id)).toEqual([one]);
      expect(await text()).toMatchObject([{ text: '1' }]);
    }
  });

  it('makes no event twice', async () => {
    const repository = await openRepository();
    const writer = openWriter(repository.client({ fault: lagging(2) }).client);
    await appendEvents([recordedRun('a')], writer);
    await appendEvents([recordedRun('b')], writer);
    const again = await appendEvents([recordedRun('a')], writer);
    expect(again).toMatchObject({ written: [], alreadyThere: [{ id: 'run-recorded-a' }] });
    expect(git(repository.folder, 'rev-list', '--count', ledger)).toBe('2');
  });
});

describe('what GitHub does not tell as it is', () => {
  const changed =
    (change: (text: string) => string): Fault =>
    async (perform) => {
      const answer = await perform();
      return new Response(change(await answer.text()), { status: answer.status, headers: answer.headers });
    };

  it('in a query is read by its bytes', async () => {
    const repository = await openRepository();
    const cut = ({ path }: Call) =>
      path === 'graphql' ? changed((text) => text.replace('a long text', 'a long')) : undefined;
    const mine = githubGitStore(repository.client().client);
    const one = await commit(mine, [], 'a long text\r\n');
    const { client, calls } = repository.client({ fault: cut });
    const [blob] = await githubGitStore(client).readObjects([`${one}:a/b/c`]);
    expect(blob).toMatchObject({ kind: 'blob', text: 'a long text\r\n' });
    expect(calls.filter(({ path }) => path.includes('git/blobs'))).toHaveLength(1);
  });

  it('in a list of folders that it cuts is read folder by folder', async () => {
    const repository = await openRepository();
    const writer = openWriter(repository.client().client);
    await appendEvents([recordedRun('a'), recordedRun('b')], writer);
    const cut = ({ path }: Call) =>
      path.includes('git/trees')
        ? changed((text) => JSON.stringify({ ...JSON.parse(text), tree: [], truncated: true }))
        : undefined;
    const { client, calls } = repository.client({ fault: cut });
    const { events } = await readLedger(githubGitStore(client), null);
    expect(events.map(({ id }) => id)).toEqual(['run-recorded-a', 'run-recorded-b']);
    expect(calls.some(({ path }) => path.includes('git/trees'))).toBe(true);
  });

  it('in paths that could be read as something else is followed folder by folder', async () => {
    const repository = await openRepository();
    const store = githubGitStore(repository.client().client);
    const files = { 'a^{tree}/b:c~1': 'one' };
    const one = await store.writeObject({ kind: 'commit', parents: [], files, message: 'x\n', author });
    const other = githubGitStore(repository.client().client);
    const [found, outside] = await other.readObjects([`${one}:a^{tree}/b:c~1`, `${one}:a^{tree}/../a^{tree}`]);
    expect(found).toMatchObject({ text: 'one' });
    expect(outside).toBeNull();
    expect((await other.readHistory({ from: one, path: 'a^{tree}', firstParent: true })).map(({ id }) => id)).toEqual([
      one,
    ]);
  });
});

describe('history', () => {
  it('of many pages is read to its end', async () => {
    const repository = await openRepository();
    const who = 'Ana <ana@example.com>';
    const commits = Array.from({ length: 250 }, (_, n) => {
      const change = n % 50 === 0 ? `M 100644 inline r/f\ndata 3\n${String(n).padStart(3, '0')}\n` : '';
      return `commit refs/heads/main\nauthor ${who} ${n + 1} +0000\ncommitter ${who} ${n + 1} +0000\ndata 1\nx\n${change}\n`;
    });
    execFileSync('git', ['fast-import', '--quiet'], { cwd: repository.folder, input: commits.join('') });
    const from = git(repository.folder, 'rev-parse', 'refs/heads/main');
    const { client, calls } = repository.client();
    const found = await githubGitStore(client).readHistory({ from, path: 'r', firstParent: true });
    const expected = git(repository.folder, 'rev-list', '--first-parent', from, '--', 'r').split('\n');
    expect(found.map(({ id }) => id)).toEqual(expected);
    expect(found).toHaveLength(5);
    expect(calls).toHaveLength(3);
  });
});

describe('a refusal', () => {
  const codeOf = (promise: Promise<unknown>) =>
    promise.then(
      () => 'nothing',
      (thrown) => `${thrown.problems?.[0]?.code}: ${thrown.problems?.[0]?.message} ${thrown.problems?.[0]?.remedy}`,
    );

  it('of an unknown token, a missing permission and an unseen repository says which', async () => {
    const { standIn, client, head, fullName } = await openRepository();
    const reading = standIn.createToken('ana', { permissions: { contents: 'read' } });
    const store = githubGitStore(client({ token: reading }).client);
    expect(await codeOf(commit(store, [head], 'x'))).toMatch(/^forge-permission: .*"contents: write"/);
    expect(await codeOf(store.moveRef(ledger, null, head))).toMatch(/^forge-permission: .*"contents: write"/);
    expect(await codeOf(store.moveRef('refs/heads/trunk', head, null))).toMatch(/^forge-permission: .*contents: write/);
    const unknown = client({ token: 'ghp_nobodyhasthistoken' }).client;
    expect(await codeOf(githubGitStore(unknown).readRefs(ledger))).toMatch(/^forge-credentials: /);
    expect(await codeOf(githubGitStore(unknown).readRefs(ledger))).not.toContain('nobody');
    standIn.createUser('stranger');
    await standIn.createRepository(`${fullName}-hidden`, { private: true });
    const [owner = '', name = ''] = `${fullName}-hidden`.split('/');
    const token = standIn.createToken('stranger');
    const access = { apiUrl: standIn.apiUrl, access: { token }, repository: { owner, name }, host: hastyHost };
    const hidden = githubGitStore(createForgeClient(access));
    expect(await codeOf(hidden.readRefs(ledger))).toMatch(/^forge-not-found: .*-hidden/);
    expect(await codeOf(hidden.readObjects([head]))).toMatch(/^forge-not-found: .*-hidden/);
  });

  it('by a rule names the rule, and is no lost race', async () => {
    const repository = await openRepository();
    const store = githubGitStore(repository.client().client);
    const one = await commit(store, [], '1');
    await store.moveRef(ledger, null, one);
    repository.standIn.createRuleset(repository.fullName, {
      branches: ['model-gitops/ledger'],
      noForcePush: true,
      noDeletion: true,
    });
    expect(await codeOf(store.moveRef(ledger, one, await commit(store, [], 'other')))).toMatch(
      /^forge-refused: .*rule/i,
    );
    expect(await codeOf(store.moveRef(ledger, one, null))).toMatch(/^forge-refused: /);
    expect(await store.moveRef(ledger, one, await commit(store, [one], '2'))).toBe('moved');
  });

  it('of other workflow files says what a workflow may not do', async () => {
    const repository = await openRepository();
    const mine = githubGitStore(repository.client().client);
    const files = { '.github/workflows/x.yml': 'on: push\n' };
    const id = await mine.writeObject({ kind: 'commit', parents: [], files, message: 'x\n', author });
    const token = repository.standIn.workflowToken(repository.fullName, { contents: 'write' });
    const store = githubGitStore(repository.client({ token }).client);
    expect(await codeOf(store.moveRef('refs/tags/fraud@v1.0.0', null, id))).toMatch(/^forge-workflow-files: /);
  });
});

describe('where GraphQL cannot swap refs', () => {
  const old = ({ path, body }: Call): Fault | undefined =>
    path === 'graphql' && body.includes('updateRefs')
      ? async () => Response.json({ errors: [{ message: "Field 'updateRefs' doesn't exist on type 'Mutation'" }] })
      : undefined;

  it('a ref is looked at, then moved, forced or deleted', async () => {
    const repository = await openRepository();
    const store = githubGitStore(repository.client({ fault: old }).client);
    const one = await commit(store, [], '1');
    const two = await commit(store, [one], '2');
    const aside = await commit(store, [], '3');
    await store.moveRef(ledger, null, one);
    expect(await store.moveRef(ledger, one, two)).toBe('moved');
    expect(await store.moveRef(ledger, one, aside)).toBe('conflict');
    expect(await store.moveRef(ledger, two, aside)).toBe('moved');
    expect(await store.moveRef(ledger, two, null)).toBe('conflict');
    expect(await store.moveRef(ledger, aside, null)).toBe('moved');
    expect(await store.readRefs(ledger)).toEqual([]);
  });
});
