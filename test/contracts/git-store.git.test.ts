import { gitStore } from '@model-gitops/git';
import { gitStoreContract } from './git-store.ts';
import { cloneOf, git, scratchFolder } from './scratch-git.ts';

const bareRepository = scratchFolder();

gitStoreContract('git in a bare repository', async () => {
  const repository = bareRepository();
  return { store: gitStore({ repository, remote: null }), other: gitStore({ repository, remote: null }) };
});

gitStoreContract('git in two clones of a bare origin', async () => {
  const bare = bareRepository();
  // the working trees stay on another branch than the contract's `main`
  const [one, two] = [cloneOf(bare, 'one'), cloneOf(bare, 'two')];
  for (const folder of [one, two]) git(folder, 'checkout', '--quiet', '-b', 'work');
  return {
    store: gitStore({ repository: one, remote: 'origin' }),
    other: gitStore({ repository: two, remote: 'origin' }),
  };
});

gitStoreContract('git in a working tree without a remote', async () => {
  const bare = bareRepository();
  const repository = `${bare}-tree`;
  git(bare, 'init', '--quiet', repository);
  git(repository, 'checkout', '--quiet', '-b', 'work');
  return { store: gitStore({ repository, remote: null }), other: gitStore({ repository, remote: null }) };
});
