import { githubGitStore } from '@model-gitops/github';
import { appendEvents, readRegistry, registerModel } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { registration } from '../../packages/lifecycle/src/testing/registry-world.ts';
import { type GithubRepository, githubRepositories, openWriter, recordedRun } from './github-repository.ts';

const openRepository = githubRepositories();
const author = { name: 'Ana', email: 'ana@example.com', date: '2026-03-01T10:00:00Z' };

/** A registry with the calls that something makes of it: `GET git/matching-refs`. */
function counted({ client }: GithubRepository) {
  const { client: forge, calls } = client();
  const writer = openWriter(forge);
  const callsOf = async (act: () => Promise<unknown>): Promise<readonly string[]> => {
    calls.length = 0;
    await act();
    return calls.map(({ method, path }) => `${method} ${path.replace(/^repos\/acme\/r\d+\//, '')}`);
  };
  return { writer, callsOf };
}

describe('calls of a registration', () => {
  it('are at most 8 on a client that is warm, which leaves a store of releases its 4 of 12', async () => {
    const repository = await openRepository();
    const { writer, callsOf } = counted(repository);
    for (const digit of ['a', 'b']) await registerModel(registration(repository.head, digit), writer);
    expect(await callsOf(() => registerModel(registration(repository.head, 'c'), writer))).toEqual([
      'GET git/matching-refs/tags%2Ffraud%40v',
      'GET git/matching-refs/tags%2Ffraud%40v',
      'GET git/matching-refs/heads%2Fmodel-gitops%2Fledger',
      'POST git/tags',
      'POST git/refs',
      'POST git/trees',
      'POST git/commits',
      'POST graphql',
    ]);
  });

  it('are at most 10 on a client that knows nothing', async () => {
    const repository = await openRepository();
    const first = counted(repository);
    await registerModel(registration(repository.head, 'a'), first.writer);
    const { writer, callsOf } = counted(repository);
    const calls = await callsOf(() => registerModel(registration(repository.head, 'b'), writer));
    expect(calls.length).toBeLessThanOrEqual(10);
  });
});

describe('calls of reading the registry', () => {
  it('are two where nothing happened', async () => {
    const repository = await openRepository();
    const { writer, callsOf } = counted(repository);
    await registerModel(registration(repository.head, 'a'), writer);
    await readRegistry(writer);
    expect(await callsOf(() => readRegistry(writer))).toEqual([
      'GET git/matching-refs/heads',
      'GET git/matching-refs/tags',
    ]);
  });

  it('are none besides after events that were written here', async () => {
    const repository = await openRepository();
    const { writer, callsOf } = counted(repository);
    await appendEvents([recordedRun('a')], writer);
    await readRegistry(writer);
    await appendEvents([recordedRun('b')], writer);
    expect(await callsOf(() => readRegistry(writer))).toHaveLength(2);
    expect((await readRegistry(writer)).facts.events).toHaveLength(2);
  });

  it('are few after the news of others: an event, a version, a pointer', async () => {
    const repository = await openRepository();
    const { writer, callsOf } = counted(repository);
    const other = counted(repository).writer;
    await registerModel(registration(repository.head, 'a'), writer);
    await readRegistry(writer);
    await appendEvents([recordedRun('b')], other);
    // the branch's folder, what lies below it, the new text
    expect(await callsOf(() => readRegistry(writer))).toHaveLength(2 + 3);
    const files = { 'registry/fraud/production.yaml': `version: 1.0.0\ndigest: sha256:${'a'.repeat(64)}\n` };
    const commit = { kind: 'commit', parents: [repository.head], files, message: 'x\n', author } as const;
    await other.git.moveRef('refs/heads/trunk', repository.head, await other.git.writeObject(commit));
    // history, the folder of pointers, what lies below it, the text
    expect(await callsOf(() => readRegistry(writer))).toHaveLength(2 + 4);
    expect((await readRegistry(writer)).facts.files).toHaveLength(1);
  });
});

describe('calls of reading history', () => {
  it('are only for what is new', async () => {
    const repository = await openRepository();
    const { client, calls } = repository.client();
    const store = githubGitStore(client);
    const commit = (parents: readonly string[], text: string) =>
      store.writeObject({ kind: 'commit', parents, files: { a: text }, message: 'x\n', author });
    const one = await commit([], '1');
    const two = await commit([one], '2');
    await store.readHistory({ from: two, path: 'a', firstParent: true });
    calls.length = 0;
    await store.readHistory({ from: two, path: 'a', firstParent: true });
    expect(calls).toEqual([]);
    const three = await commit([two], '3');
    calls.length = 0;
    const query = { from: three, path: 'a', firstParent: true };
    expect((await store.readHistory(query)).map(({ id }) => id)).toEqual([three, two, one]);
    expect(calls).toHaveLength(1);
  });
});
