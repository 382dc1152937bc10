import { memoryGitStore, memoryRepository } from '../../packages/lifecycle/src/testing/memory-git-store.ts';
import { gitStoreContract } from './git-store.ts';

gitStoreContract('memory', async () => {
  const repository = memoryRepository();
  return { store: memoryGitStore({ repository }), other: memoryGitStore({ repository }) };
});
