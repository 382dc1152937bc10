import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import {
  type ArtifactStore,
  type Owner,
  ProblemError,
  type Release,
  type ReleaseAsset,
  type Releases,
} from '@model-gitops/lifecycle';
import { checkDigest } from './check-digest.ts';
import { measureVerified, writeVerified } from './copy-verified.ts';
import { storeProblems } from './problems.ts';

/** GitHub takes assets below 2 GiB; one of exactly that size ends in an error of the server. */
const mostBytes = 2 ** 31 - 1;

/** Drafts are found by their name: they have no tag yet, and the name says whose bytes they hold. */
function nameOf(owner: Owner): string {
  return 'run' in owner
    ? `model-gitops: run ${owner.run} of ${owner.model}`
    : `model-gitops: registration ${owner.operation} of ${owner.model}`;
}

function registrationOf({ name }: Release): { readonly model: string; readonly operation: string } | null {
  const [, operation, model] = /^model-gitops: registration (\S+) of (\S+)$/.exec(name) ?? [];
  return operation === undefined || model === undefined ? null : { model, operation };
}

/** A tag that nobody makes: a draft must name one, and publishing names the real one first. */
function pendingTag(owner: Owner): string {
  const [key, kind] = 'run' in owner ? [owner.run, 'run'] : [owner.operation, 'registration'];
  return `model-gitops-${kind}-${owner.model}-${key.replace(/[^0-9A-Za-z]/g, '').slice(0, 24)}`;
}

const body = 'Kept by model-gitops. Files are named by the sha256 of their bytes; do not change them by hand.';

async function sizeOf(path: string, sha256: string): Promise<number> {
  try {
    const { size } = await stat(path);
    if (size > mostBytes) throw new ProblemError(storeProblems.tooLarge(path, size));
    if (size === 0) throw new ProblemError(storeProblems.empty(path));
    return await measureVerified(createReadStream(path), sha256);
  } catch (cause) {
    if (cause instanceof ProblemError) throw cause;
    if ((cause as { code?: unknown }).code === 'ENOENT') throw new ProblemError(storeProblems.noFile(path), { cause });
    return tellFailure(cause);
  }
}

/** A download that broke off, a disk that is full. */
function tellFailure(cause: unknown): never {
  if (cause instanceof ProblemError) throw cause;
  throw new ProblemError(storeProblems.failed('give the bytes', cause), { kind: 'could-not-run', cause });
}

/** One after another for each owner: the second finds the draft of the first. */
function inTurn() {
  const last = new Map<string, Promise<unknown>>();
  return <Result>(key: string, work: () => Promise<Result>): Promise<Result> => {
    const before = last.get(key) ?? Promise.resolve();
    const next = before.then(work, work);
    last.set(key, next);
    return next;
  };
}

/**
 * An ArtifactStore in the releases of the repository. Bytes lie in a draft until the version has its tag; then the draft
 * becomes the release of that tag. Published first, it would make a tag of its own and take the version's name.
 * Limits: below 2 GiB a file; drafts are seen by who may write.
 */
export function releaseStore(releases: Releases): ArtifactStore {
  const take = inTurn();
  const known = new Map<string, Release>();

  async function findDraft(owner: Owner): Promise<Release | null> {
    const name = nameOf(owner);
    const release = known.get(name) ?? (await releases.findByName(name));
    if (release !== null) known.set(name, release);
    return release;
  }
  async function findRelease(owner: Owner): Promise<Release | null> {
    const published = 'tag' in owner ? await releases.findByTag(owner.tag) : null;
    return published ?? releases.findByName(nameOf(owner));
  }
  async function findAsset(sha256: string, owner: Owner): Promise<ReleaseAsset | null> {
    checkDigest(sha256);
    const release = await findRelease(owner);
    return release?.assets.find(({ name, isWhole }) => name === sha256 && isWhole) ?? null;
  }
  /** What the forge measured is believed; where it does not tell, the bytes are read back. */
  async function holds(asset: ReleaseAsset, { sha256, size }: { sha256: string; size: number }): Promise<boolean> {
    if (!asset.isWhole || asset.size !== size) return false;
    if (asset.sha256 !== null) return asset.sha256 === sha256;
    return measureVerified(await releases.download(asset), sha256).then(
      () => true,
      () => false,
    );
  }
  async function upload(draft: Release, file: { path: string; sha256: string; size: number }): Promise<Release> {
    const there = draft.assets.find(({ name }) => name === file.sha256);
    if (there !== undefined && (await holds(there, file))) return draft;
    if (there !== undefined) await releases.removeAsset(there.id);
    const asset = await releases.upload(draft, { name: file.sha256, path: file.path, size: file.size });
    if (!(await holds(asset, file)))
      throw new ProblemError(storeProblems.brokenUpload(file.sha256), { kind: 'could-not-run' });
    return { ...draft, assets: [...draft.assets.filter(({ name }) => name !== file.sha256), asset] };
  }
  async function put(file: { path: string; sha256: string }, owner: Owner): Promise<{ uri: string }> {
    checkDigest(file.sha256);
    const size = await sizeOf(file.path, file.sha256);
    const [name, tag] = [nameOf(owner), pendingTag(owner)];
    const draft = (await releases.findByName(name)) ?? (await releases.createDraft({ name, tag, body }));
    known.set(name, await upload(draft, { ...file, size }));
    return { uri: `release:${file.sha256}` };
  }
  return {
    has: async (sha256, owner) => (await findAsset(sha256, owner)) !== null,
    put: (file, owner) => take(nameOf(owner), () => put(file, owner)),
    async fetch(sha256, toPath, owner) {
      const asset = await findAsset(sha256, owner);
      if (asset === null) throw new ProblemError(storeProblems.missing(sha256), { kind: 'refused' });
      const bytes = await releases.download(asset);
      return writeVerified(() => bytes, toPath, sha256).catch(tellFailure);
    },
    async seal(owner) {
      const isOurs = known.has(nameOf(owner));
      if (!isOurs && (await releases.findByTag(owner.tag)) !== null) return;
      const draft = await findDraft(owner);
      if (draft === null || !draft.isDraft) return;
      const name = owner.tag.replace('@v', ' ');
      if (await releases.publish(draft, { tag: owner.tag, name })) known.delete(nameOf(owner));
    },
    listUnsealed: async () => (await releases.listDrafts()).flatMap((draft) => registrationOf(draft) ?? []),
  };
}
