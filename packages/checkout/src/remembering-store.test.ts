import { type GitStore, ProblemError } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { memoryGitStore } from '../../lifecycle/src/testing/memory-git-store.ts';
import { rememberingStore } from './remembering-store.ts';

const away = (kind: 'could-not-run' | 'input') =>
  new ProblemError({ code: 'remote-unreachable', message: 'No answer.', remedy: 'Wait.' }, { kind });

function failing(thrown: Error): GitStore & { readonly asked: string[] } {
  const asked: string[] = [];
  const refuse = (name: string) => async () => {
    asked.push(name);
    throw thrown;
  };
  return {
    ...memoryGitStore(),
    asked,
    readRefs: refuse('refs'),
    readObjects: refuse('objects'),
    readHistory: refuse('history'),
  };
}

describe('a store that remembers', () => {
  it('asks the remote as long as it answers', async () => {
    const { git, notes } = rememberingStore(memoryGitStore(), failing(away('input')));
    expect(await git.readRefs('refs/')).toEqual([]);
    expect(notes()).toEqual([]);
  });
  it('asks it once when it does not, and says so once', async () => {
    const online = failing(away('could-not-run'));
    const { git, notes } = rememberingStore(online, memoryGitStore());
    expect(await git.readRefs('refs/')).toEqual([]);
    expect(await git.readObjects([])).toEqual([]);
    expect(online.asked).toEqual(['refs']);
    expect(notes()).toEqual([expect.stringContaining('remote-unreachable')]);
  });
  it('hides nothing else that is wrong', async () => {
    for (const thrown of [away('input'), new Error('defect')]) {
      const { git, notes } = rememberingStore(failing(thrown), memoryGitStore());
      await expect(git.readObjects([])).rejects.toBe(thrown);
      expect(notes()).toEqual([]);
    }
  });
  it('says it where the clone does not answer either', async () => {
    const { git } = rememberingStore(failing(away('could-not-run')), failing(away('could-not-run')));
    await expect(git.readRefs('refs/')).rejects.toMatchObject({ kind: 'could-not-run' });
  });
});
