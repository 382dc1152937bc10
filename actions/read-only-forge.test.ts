import { describe, expect, it } from 'vitest';
import { memoryForge } from '../packages/lifecycle/src/testing/memory-forge.ts';
import { memoryRepository } from '../packages/lifecycle/src/testing/memory-git-store.ts';
import { testHost } from '../packages/lifecycle/src/testing/registry-world.ts';
import { readOnlyForge } from './read-only-forge.ts';

describe('a forge for the code of a fork', () => {
  const memory = memoryForge({ repository: memoryRepository(), host: testHost() });
  const forge = readOnlyForge(memory, async () => {
    throw new Error('refused');
  });
  it('answers', async () => {
    expect(await forge.pullRequests.find({ state: 'open' })).toEqual([]);
    expect(await forge.comments.list(1)).toEqual([]);
    expect(await forge.people.readPermission('eve')).toBe('none');
    expect(forge.checks.kind).toBe('app');
  });
  it('writes nothing', async () => {
    const head = '0'.repeat(40);
    const writes = [
      () => forge.pullRequests.open({ branch: 'b', base: 'main', title: 't', body: '', labels: [] }),
      () => forge.pullRequests.edit(1, { title: 't' }),
      () => forge.checks.post({ head, conclusion: 'success', title: 't', summary: '', current: null }),
      () => forge.comments.create(1, 'hello'),
      () => forge.comments.edit(1, 'hello'),
      () => forge.comments.react(1, 'eyes'),
      () => forge.workflows.dispatch({ workflow: 'models.yml', branch: 'main', inputs: {} }),
    ];
    for (const write of writes) await expect(write()).rejects.toThrow('refused');
    expect(memory.calls.filter((call) => !/find|list|read/.test(call))).toEqual([]);
  });
});
