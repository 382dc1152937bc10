import { describe, expect, it } from 'vitest';
import { findRepository, workflowRepository } from './find-repository.ts';

const github = {
  apiUrl: 'https://api.github.com',
  owner: 'acme',
  name: 'penguins',
  url: 'https://github.com/acme/penguins',
};

describe('the repository behind a remote', () => {
  it.each([
    'https://github.com/acme/penguins.git',
    'https://github.com/acme/penguins/',
    'https://ana:secret@GitHub.com/acme/penguins',
    'git@github.com:acme/penguins.git',
    'ssh://git@github.com/acme/penguins.git',
    'ssh://git@ssh.github.com:443/acme/penguins.git',
  ])('knows %s', (remote) => {
    expect(findRepository(remote, {})).toEqual(github);
  });

  it.each([
    '/srv/git/acme/penguins.git',
    '../penguins',
    'file:///srv/git/acme/penguins.git',
    'C:\\git\\acme\\penguins',
    'https://gitlab.com/acme/penguins.git',
    'https://github.com.example.com/acme/penguins.git',
    'https://example.com/github.com/acme/penguins.git',
    'git@work:acme/penguins.git',
    'https://github.com/acme',
    'https://github.com/acme/penguins/tree/main',
    'http://127.0.0.1:3000/acme/penguins.git',
    '',
  ])('does not take %s for a GitHub', (remote) => {
    expect(findRepository(remote, {})).toBeNull();
  });

  it('knows the GitHub that the environment names, and sends a token to no other', () => {
    const environment = { GITHUB_API_URL: 'http://127.0.0.1:3000/api/v3' };
    expect(findRepository('http://127.0.0.1:3000/acme/penguins.git', environment)).toEqual({
      apiUrl: 'http://127.0.0.1:3000/api/v3',
      owner: 'acme',
      name: 'penguins',
      url: 'http://127.0.0.1:3000/acme/penguins',
    });
    expect(findRepository('http://127.0.0.1:3001/acme/penguins.git', environment)).toBeNull();
    expect(findRepository('git@git.example.com:acme/penguins.git', { GH_HOST: 'git.example.com' })).toMatchObject({
      apiUrl: 'https://git.example.com/api/v3',
      url: 'https://git.example.com/acme/penguins',
    });
    expect(findRepository('https://acme.ghe.com/acme/penguins', {})?.apiUrl).toBe('https://api.acme.ghe.com');
  });
});

describe('the repository of a workflow', () => {
  const runner = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/penguins' };
  it('is what the runner says', () => {
    expect(workflowRepository(runner)).toEqual(github);
    const enterprise = {
      GITHUB_SERVER_URL: 'https://git.example.com',
      GITHUB_API_URL: 'https://git.example.com/api/v3',
    };
    expect(workflowRepository({ ...runner, ...enterprise })).toEqual({
      apiUrl: 'https://git.example.com/api/v3',
      owner: 'acme',
      name: 'penguins',
      url: 'https://git.example.com/acme/penguins',
    });
  });
  it('is none on a laptop, whatever is left in its environment', () => {
    expect(workflowRepository({ GITHUB_REPOSITORY: 'acme/penguins' })).toBeNull();
    expect(workflowRepository({ GITHUB_ACTIONS: 'true' })).toBeNull();
  });
});
