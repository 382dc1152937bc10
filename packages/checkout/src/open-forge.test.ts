import { describe, expect, it } from 'vitest';
import { testHost } from '../../lifecycle/src/testing/registry-world.ts';
import { type ForgeRequest, openForge } from './open-forge.ts';

const laptop: ForgeRequest = {
  environment: {},
  token: null,
  remoteUrl: 'git@github.com:acme/penguins.git',
  isSilent: false,
  host: testHost(),
};
const address = 'https://github.com/acme/penguins';

describe('the forge of a checkout', () => {
  it('needs a token', () => {
    expect(openForge(laptop)).toEqual({ forge: null, releases: null, repositoryUrl: address });
    for (const environment of [{ GITHUB_TOKEN: 't' }, { GH_TOKEN: 't' }, { GITHUB_TOKEN: '', GH_TOKEN: 't' }])
      expect(openForge({ ...laptop, environment })).toMatchObject({
        forge: { checks: { kind: 'status' } },
        repositoryUrl: address,
      });
    expect(openForge({ ...laptop, token: 't' }).forge).not.toBeNull();
  });
  it('is none where nothing may be asked, and where the remote is none that we know', () => {
    expect(openForge({ ...laptop, token: 't', isSilent: true })).toEqual({
      forge: null,
      releases: null,
      repositoryUrl: address,
    });
    for (const remoteUrl of [null, '/srv/penguins.git', 'https://gitlab.com/acme/penguins.git'])
      expect(openForge({ ...laptop, token: 't', remoteUrl })).toEqual({
        forge: null,
        releases: null,
        repositoryUrl: null,
      });
  });
  it('is the one of the workflow, wherever the code was checked out from', () => {
    const environment = { GITHUB_ACTIONS: 'true', GITHUB_REPOSITORY: 'acme/seals' };
    const found = openForge({ ...laptop, environment, token: 't', remoteUrl: '/srv/mirror' });
    expect(found).toMatchObject({
      forge: { checks: { kind: 'status' } },
      repositoryUrl: 'https://github.com/acme/seals',
    });
  });
});
