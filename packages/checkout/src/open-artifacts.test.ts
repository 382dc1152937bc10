import type { Releases } from '@model-gitops/lifecycle';
import { describe, expect, it } from 'vitest';
import { type ArtifactsRequest, openArtifacts } from './open-artifacts.ts';

const none: ArtifactsRequest = { named: null, releases: null, isBare: false, repositoryRoot: '/repository' };
const releases = {} as Releases;

describe('where the bytes of models are kept', () => {
  it('is what somebody named, else the releases, else a folder of this clone', () => {
    const nameOf = (changes: Partial<ArtifactsRequest>) => openArtifacts({ ...none, ...changes }).storeName;
    expect(nameOf({})).toBe('dir:.model-gitops/artifacts');
    expect(nameOf({ releases })).toBe('release');
    expect(nameOf({ releases, named: 'dir:models' })).toBe('dir:models');
    expect(openArtifacts({ ...none, isBare: true })).toEqual({ store: null, storeName: null });
  });
  it('is only missed when bytes are needed', async () => {
    const { store, storeName } = openArtifacts({ ...none, named: 'release' });
    expect(storeName).toBe('release');
    await expect(store?.fetch('a'.repeat(64), 'model.onnx', { model: 'fraud', run: 'k' })).rejects.toMatchObject({
      problems: [{ code: 'store-unreachable' }],
    });
  });
});
