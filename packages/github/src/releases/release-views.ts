import type { Release, ReleaseAsset } from '@model-gitops/lifecycle';
import type { components } from '@octokit/openapi-types';

export type GithubRelease = Pick<
  components['schemas']['release'],
  'id' | 'name' | 'tag_name' | 'draft' | 'assets' | 'upload_url'
>;
export type GithubAsset = components['schemas']['release-asset'];

/** `digest` is `sha256:<hex>`; assets of before 2025 have none. */
export function assetOf({ id, name, size, state, digest }: GithubAsset): ReleaseAsset {
  const sha256 = /^sha256:([0-9a-f]{64})$/.exec(digest ?? '')?.[1] ?? null;
  return { id, name, size, isWhole: state === 'uploaded', sha256 };
}

export function releaseOf(release: GithubRelease): Release {
  return {
    id: release.id,
    name: release.name ?? '',
    tag: release.tag_name,
    isDraft: release.draft,
    assets: release.assets.map(assetOf),
    uploadAddress: release.upload_url.replace(/\{.*$/, ''),
  };
}
