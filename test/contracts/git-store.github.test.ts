import { githubGitStore } from '@model-gitops/github';
import { gitStoreContract } from './git-store.ts';
import { githubRepositories } from './github-repository.ts';

const openRepository = githubRepositories();

gitStoreContract('github', async () => {
  const { client } = await openRepository();
  return {
    store: githubGitStore(client({ login: 'ana' }).client),
    other: githubGitStore(client({ login: 'ben' }).client),
  };
});

const signs = 'GitHub signs with its own author and date, so the id is known only afterwards';

gitStoreContract(
  'github, signing',
  async () => {
    const { client } = await openRepository();
    return {
      store: githubGitStore(client({ login: 'ana' }).client, { isSigned: true }),
      other: githubGitStore(client({ login: 'ben' }).client, { isSigned: true }),
    };
  },
  {
    'gives the same content the same id, and Git agrees on it': signs,
    'keeps unicode, blanks and long lines in paths, texts, names and messages': signs,
    'keeps a signature from breaking out of its line': signs,
  },
);
