import { z } from 'zod';
import type { Actor } from '../actor.ts';
import { type Context, timeOf } from '../context.ts';
import type { Release } from '../records/releases.ts';
import type { Repository } from '../records/repositories.ts';
import { moveRef } from '../refs/move-ref.ts';
import { readNamedCommit } from '../refs/named-commit.ts';
import { readRef } from '../refs/refs.ts';
import { type FieldError, refusals } from '../refusals.ts';
import { nextId } from '../state.ts';
import { tellRelease } from './tell-release.ts';

const longestBody = 125_000;
const described = z.object({
  target_commitish: z.string().min(1).optional(),
  name: z.string().nullable().optional(),
  body: z.string().max(longestBody, `is too long (maximum is ${longestBody} characters)`).nullable().optional(),
  draft: z.boolean().optional(),
  prerelease: z.boolean().optional(),
  make_latest: z.enum(['true', 'false', 'legacy']).optional(),
});
const tagName = z.string().min(1);
export const newRelease = described.extend({ tag_name: tagName });
export const changedRelease = described.extend({ tag_name: tagName.optional() });
type ReleaseChange = z.infer<typeof changedRelease>;

/** Who works on the releases of what. */
export interface Releasing {
  readonly context: Context;
  readonly repository: Repository;
  readonly who: Actor;
}

const refuse = (error: Omit<FieldError, 'resource'>) => refusals.invalid({ resource: 'Release', ...error });

export const releasesOf = ({ context, repository }: Pick<Releasing, 'context' | 'repository'>): Release[] =>
  context.state.releases.filter((release) => release.repository === repository.id);

/** A published release has its tag for itself, an immutable one for good. */
function requireFreeTag(releasing: Releasing, { id, tag }: Release): void {
  const isTaken = releasesOf(releasing).some((other) => other.id !== id && other.tag === tag && !other.isDraft);
  if (isTaken) throw refuse({ code: 'already_exists', field: 'tag_name' });
  if (releasing.repository.burntTags.includes(tag))
    throw refuse({ code: 'custom', field: 'tag_name', message: 'tag_name was used by an immutable release' });
}

/** Where the tag is missing, a lightweight one is made at the target. */
async function ensureTag({ context, repository, who }: Releasing, { tag, target }: Release): Promise<void> {
  const git = context.git(repository);
  const ref = `refs/tags/${tag}`;
  if ((await readRef(git, ref)) !== null) return;
  const commit = await readNamedCommit(git, target);
  if (commit === null) throw refuse({ code: 'invalid', field: 'target_commitish' });
  const answer = await moveRef(context, repository, who, { ref, before: null, after: commit.id });
  if (answer === 'nested') throw refuse({ code: 'custom', field: 'tag_name', message: 'tag_name is not a valid tag' });
}

async function occupyTag(releasing: Releasing, release: Release): Promise<void> {
  requireFreeTag(releasing, release);
  await ensureTag(releasing, release);
}

/** The release as it is once published. */
async function published(releasing: Releasing, release: Release): Promise<Release> {
  await occupyTag(releasing, release);
  const { context, repository } = releasing;
  return { ...release, isDraft: false, isImmutable: repository.hasImmutableReleases, publishedAt: timeOf(context) };
}

function chooseLatest(releasing: Releasing, release: Release, wanted: ReleaseChange['make_latest']): void {
  if (wanted === 'false' || release.isPrerelease || release.isDraft) return;
  for (const other of releasesOf(releasing)) other.isLatest = other === release;
}

function tellPublished({ context, repository, who }: Releasing, release: Release): void {
  for (const action of ['published', release.isPrerelease ? 'prereleased' : 'released'])
    tellRelease(context, repository, release, { action, sender: who.login });
}

function draftOf({ context, repository, who }: Releasing, given: z.infer<typeof newRelease>): Release {
  return {
    id: nextId(context.state),
    repository: repository.id,
    tag: given.tag_name,
    target: given.target_commitish ?? repository.defaultBranch,
    name: given.name ?? null,
    body: given.body ?? null,
    isDraft: true,
    isPrerelease: given.prerelease ?? false,
    isLatest: false,
    isImmutable: false,
    author: who.login,
    createdAt: timeOf(context),
    publishedAt: null,
  };
}

export async function createRelease(releasing: Releasing, given: z.infer<typeof newRelease>): Promise<Release> {
  const { context, repository, who } = releasing;
  const draft = draftOf(releasing, given);
  const release = given.draft === true ? draft : await published(releasing, draft);
  if (!release.isDraft) requireFreeTag(releasing, release);
  context.state.releases.push(release);
  chooseLatest(releasing, release, given.make_latest);
  tellRelease(context, repository, release, { action: 'created', sender: who.login });
  if (!release.isDraft) tellPublished(releasing, release);
  return release;
}

export function requireMutable(release: Release): void {
  if (release.isImmutable) throw refusals.unprocessable('Cannot modify an immutable release.');
}

/** As it would be: what is refused must leave nothing changed. */
function changed(release: Release, change: ReleaseChange): Release {
  return {
    ...release,
    tag: change.tag_name ?? release.tag,
    target: change.target_commitish ?? release.target,
    name: change.name === undefined ? release.name : change.name,
    body: change.body === undefined ? release.body : change.body,
    isPrerelease: change.prerelease ?? release.isPrerelease,
    isDraft: release.isDraft || change.draft === true,
  };
}

/** What it said before, where it says something else now. */
function changesOf(before: Release, now: Release): Record<string, { readonly from: string }> {
  const pairs = { tag_name: [before.tag, now.tag], name: [before.name, now.name], body: [before.body, now.body] };
  const changes = Object.entries(pairs).filter(([, [from, to]]) => from !== to);
  return Object.fromEntries(changes.map(([key, [from]]) => [key, { from: from ?? '' }]));
}

export async function changeRelease(releasing: Releasing, release: Release, change: ReleaseChange): Promise<void> {
  const { context, repository, who } = releasing;
  const before = { ...release };
  const wanted = changed(release, change);
  // of an immutable release only title and notes change
  if (wanted.tag !== release.tag || wanted.target !== release.target || wanted.isDraft) requireMutable(release);
  const isPublishing = release.isDraft && change.draft === false;
  if (!wanted.isDraft && wanted.tag !== release.tag) await occupyTag(releasing, wanted);
  const next = isPublishing ? await published(releasing, wanted) : wanted;
  // another one may have been published under that tag first
  if (isPublishing) requireFreeTag(releasing, next);
  Object.assign(release, next);
  if (isPublishing || change.make_latest !== undefined) chooseLatest(releasing, release, change.make_latest);
  tellRelease(context, repository, release, {
    action: 'edited',
    sender: who.login,
    changes: changesOf(before, release),
  });
  if (isPublishing) tellPublished(releasing, release);
}

/** The tag stays; that of an immutable release is never a release's again. */
export function deleteRelease({ context, repository, who }: Releasing, release: Release): void {
  const { releases, assets } = context.state;
  if (release.isImmutable) repository.burntTags.push(release.tag);
  releases.splice(releases.indexOf(release), 1);
  for (const asset of assets.filter((one) => one.release === release.id)) assets.splice(assets.indexOf(asset), 1);
  tellRelease(context, repository, release, { action: 'deleted', sender: who.login });
}

/** The one that was made so, otherwise the newest. */
export function latestRelease(releasing: Pick<Releasing, 'context' | 'repository'>): Release | undefined {
  const candidates = releasesOf(releasing).filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease);
  return candidates.find(({ isLatest }) => isLatest) ?? candidates.at(-1);
}
