import { createReadStream } from 'node:fs';
import { Readable } from 'node:stream';
import type { Release, ReleaseAsset, Releases } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import { assetOf, type GithubAsset, type GithubRelease, releaseOf } from './release-views.ts';

/** A large file on a slow line. */
const transferMs = 30 * 60_000;
/** Releases are listed newest first; older ones than these are found by their tag. */
const mostPages = 10;
const write = { needs: 'contents: write' } as const;

const isKind = (thrown: unknown, ...kinds: readonly string[]) => kinds.includes(failureOf(thrown)?.kind ?? '');

async function orNull<Result>(work: Promise<Result>): Promise<Result | null> {
  try {
    return await work;
  } catch (thrown) {
    if (isKind(thrown, 'not-found')) return null;
    throw thrown;
  }
}

async function findByName(client: ForgeClient, wanted: string): Promise<Release | null> {
  for (let page = 1; page <= mostPages; page += 1) {
    const { data } = await client.request('GET /repos/{owner}/{repo}/releases', { per_page: 100, page });
    const releases = data as readonly GithubRelease[];
    const found = releases.find(({ name }) => name === wanted);
    if (found !== undefined) return releaseOf(found);
    if (releases.length < 100) return null;
  }
  return null;
}

async function findByTag(client: ForgeClient, tag: string): Promise<Release | null> {
  const answer = await orNull(client.request('GET /repos/{owner}/{repo}/releases/tags/{tag}', { tag }));
  return answer === null ? null : releaseOf(answer.data as GithubRelease);
}

async function listDrafts(client: ForgeClient): Promise<readonly Release[]> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/releases', { per_page: 100, page: 1 });
  return (data as readonly GithubRelease[]).filter(({ draft }) => draft).map(releaseOf);
}

async function createDraft(
  client: ForgeClient,
  { name, tag, body }: { readonly name: string; readonly tag: string; readonly body: string },
): Promise<Release> {
  const create = async () => {
    const draft = { tag_name: tag, name, body, draft: true, make_latest: 'false' };
    const { data } = await client.request('POST /repos/{owner}/{repo}/releases', draft, write);
    return releaseOf(data as GithubRelease);
  };
  try {
    return await create();
  } catch (thrown) {
    if (!isKind(thrown, 'lost', 'unsent')) throw thrown;
    return (await findByName(client, name)) ?? create();
  }
}

async function assetNamed(client: ForgeClient, release: Release, name: string): Promise<ReleaseAsset | null> {
  const route = 'GET /repos/{owner}/{repo}/releases/{release_id}';
  const { data } = await client.request(route, { release_id: release.id });
  return releaseOf(data as GithubRelease).assets.find((asset) => asset.name === name) ?? null;
}

async function removeAsset(client: ForgeClient, id: number): Promise<void> {
  await orNull(client.request('DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}', { asset_id: id }, write));
}

async function upload(
  client: ForgeClient,
  release: Release,
  { name, path, size }: { readonly name: string; readonly path: string; readonly size: number },
): Promise<ReleaseAsset> {
  const send = async () => {
    const url = `${release.uploadAddress}?name=${encodeURIComponent(name)}`;
    const headers = { 'content-type': 'application/octet-stream', 'content-length': String(size) };
    const data = Readable.toWeb(createReadStream(path));
    const answer = await client.request(`POST ${url}`, { headers, data }, { ...write, timeoutMs: transferMs });
    return assetOf(answer.data as GithubAsset);
  };
  try {
    return await send();
  } catch (thrown) {
    const isTaken = failureOf(thrown)?.messages.some((text) => /already_exists/.test(text)) ?? false;
    if (!isTaken && !isKind(thrown, 'lost', 'unsent')) throw thrown;
    const there = await assetNamed(client, release, name);
    if (there?.isWhole) return there;
    if (there !== null) await removeAsset(client, there.id);
    return send();
  }
}

async function download(client: ForgeClient, { id }: ReleaseAsset): Promise<AsyncIterable<Uint8Array>> {
  const { data } = await client.request(
    'GET /repos/{owner}/{repo}/releases/assets/{asset_id}',
    { asset_id: id, headers: { accept: 'application/octet-stream' } },
    { timeoutMs: transferMs, isStream: true },
  );
  return data as unknown as AsyncIterable<Uint8Array>;
}

async function removeDraft(client: ForgeClient, id: number): Promise<void> {
  await orNull(client.request('DELETE /repos/{owner}/{repo}/releases/{release_id}', { release_id: id }, write));
}

/** A release that is published under a tag that is not there makes one, of no record, and the name is gone. */
async function publish(client: ForgeClient, release: Release, as: { readonly tag: string; readonly name: string }) {
  const tag = await orNull(client.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { ref: `tags/${as.tag}` }));
  if (tag === null) return false;
  const change = { release_id: release.id, tag_name: as.tag, name: as.name, draft: false, make_latest: 'false' };
  const send = () => client.request('PATCH /repos/{owner}/{repo}/releases/{release_id}', change, write);
  try {
    await send();
  } catch (thrown) {
    if (!isKind(thrown, 'lost', 'unsent', 'refused')) throw thrown;
    const published = await findByTag(client, as.tag);
    if (published === null && isKind(thrown, 'refused')) throw thrown;
    if (published === null) await send();
    else if (published.id !== release.id) await removeDraft(client, release.id);
  }
  return true;
}

/** The releases of a GitHub repository. */
export function githubReleases(client: ForgeClient): Releases {
  return {
    findByName: (name) => findByName(client, name),
    findByTag: (tag) => findByTag(client, tag),
    listDrafts: () => listDrafts(client),
    createDraft: (draft) => createDraft(client, draft),
    upload: (release, file) => upload(client, release, file),
    removeAsset: (id) => removeAsset(client, id),
    download: (asset) => download(client, asset),
    publish: (release, as) => publish(client, release, as),
  };
}
