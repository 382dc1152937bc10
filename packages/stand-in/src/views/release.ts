import type { Context } from '../context.ts';
import type { Asset, Release } from '../records/releases.ts';
import type { Repository } from '../records/repositories.ts';
import { fullName, nodeId, repositoryApi, repositoryPage, type Schema } from './schema.ts';
import { userView } from './user.ts';

/** Drafts have no address of their tag. */
const pageName = ({ isDraft, id, tag }: Release) => (isDraft ? `untagged-${id}` : encodeURIComponent(tag));

export function assetView(
  context: Context,
  repository: Repository,
  release: Release,
  asset: Asset,
): Schema<'release-asset'> {
  const download = `${repositoryPage(context, repository)}/releases/download/${pageName(release)}`;
  return {
    url: `${repositoryApi(context, repository)}/releases/assets/${asset.id}`,
    browser_download_url: `${download}/${encodeURIComponent(asset.name)}`,
    id: asset.id,
    node_id: nodeId('ReleaseAsset', asset.id),
    name: asset.name,
    label: asset.label,
    state: asset.state,
    content_type: asset.contentType,
    size: asset.size,
    digest: asset.digest,
    download_count: 0,
    created_at: asset.createdAt,
    updated_at: asset.createdAt,
    uploader: userView(context, asset.uploader),
  };
}

export function releaseView(context: Context, repository: Repository, release: Release): Schema<'release'> {
  const api = repositoryApi(context, repository);
  const url = `${api}/releases/${release.id}`;
  const assets = context.state.assets.filter((asset) => asset.release === release.id);
  const tag = encodeURIComponent(release.tag);
  const uploads = `${context.url}/api/uploads/repos/${fullName(repository)}/releases/${release.id}/assets`;
  return {
    url,
    html_url: `${repositoryPage(context, repository)}/releases/tag/${pageName(release)}`,
    assets_url: `${url}/assets`,
    upload_url: `${uploads}{?name,label}`,
    tarball_url: release.isDraft ? null : `${api}/tarball/${tag}`,
    zipball_url: release.isDraft ? null : `${api}/zipball/${tag}`,
    id: release.id,
    node_id: nodeId('Release', release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    body: release.body,
    draft: release.isDraft,
    prerelease: release.isPrerelease,
    immutable: release.isImmutable,
    created_at: release.createdAt,
    updated_at: release.publishedAt ?? release.createdAt,
    published_at: release.publishedAt,
    author: userView(context, release.author),
    assets: assets.map((asset) => assetView(context, repository, release, asset)),
  };
}
