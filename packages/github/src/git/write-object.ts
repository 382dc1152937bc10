import {
  type CommitObject,
  commitText,
  type NewObject,
  type ObjectId,
  ProblemError,
  parseCommitText,
  parseTagText,
  tagText,
} from '@model-gitops/lifecycle';
import { wholeMessage } from '../graphql/object-fields.ts';
import { forgeProblems } from '../problems.ts';
import type { GitPlace } from './git-place.ts';
import { remember } from './object-cache.ts';
import { emptyTree, objectId } from './object-id.ts';
import { readObjects } from './read-objects.ts';
import { overlayTree } from './tree-overlay.ts';

type NewCommit = NewObject & { readonly kind: 'commit' };
type NewTag = NewObject & { readonly kind: 'tag' };

/** Objects are named by their content, so a second try after a lost answer writes the same one. */
const asObject = { needs: 'contents: write', isRepeatable: true };
/** GitHub's repositories name objects by sha1. */
const sha1 = '0'.repeat(40);

async function writeBlob({ client }: GitPlace, text: string): Promise<ObjectId> {
  const content = Buffer.from(text, 'utf8').toString('base64');
  const blob = { content, encoding: 'base64' };
  return (await client.request('POST /repos/{owner}/{repo}/git/blobs', blob, asObject)).data.sha;
}

/** What JSON text does not carry unharmed to a file. */
function isAwkward(text: string): boolean {
  return /[\0\p{Surrogate}]/u.test(text);
}

async function entryOf(place: GitPlace, path: string, text: string | null) {
  const entry = { path, mode: '100644', type: 'blob' } as const;
  if (text === null) return { ...entry, sha: null };
  return isAwkward(text) ? { ...entry, sha: await writeBlob(place, text) } : { ...entry, content: text };
}

/** GitHub refuses to delete what is not there; Git does not. */
async function existingOnly(
  place: GitPlace,
  { parents: [parent], files }: NewCommit,
): Promise<[string, string | null][]> {
  const all = Object.entries(files);
  const deleted = all.flatMap(([path, text]) => (text === null ? [path] : []));
  if (deleted.length === 0) return all;
  const found =
    parent === undefined
      ? []
      : await readObjects(
          place,
          deleted.map((path) => `${parent}:${path}`),
        );
  const absent = new Set(deleted.filter((_, index) => (found[index] ?? null) === null));
  return all.filter(([path]) => !absent.has(path));
}

async function treeOf(place: GitPlace, parent: ObjectId | undefined): Promise<ObjectId | null> {
  const [commit] = parent === undefined ? [null] : await readObjects(place, [parent]);
  return commit?.kind === 'commit' ? commit.tree : null;
}

/** The first parent's tree with files laid over it. Where the folders on the way are remembered, so are the new ones, provided that GitHub names the whole the same. */
async function writeTree(place: GitPlace, commit: NewCommit): Promise<ObjectId> {
  const [parent] = commit.parents;
  const files = await existingOnly(place, commit);
  const base = await treeOf(place, parent);
  const like = parent ?? sha1;
  if (files.length === 0) return base ?? emptyTree(like);
  const overlaid = overlayTree(place.cache, base, new Map(files), like);
  if (overlaid?.id === emptyTree(like)) return overlaid.id;
  const tree = [];
  for (const [path, text] of files) tree.push(await entryOf(place, path, text));
  const body = base === null || base === emptyTree(like) ? { tree } : { base_tree: base, tree };
  const { sha } = (await place.client.request('POST /repos/{owner}/{repo}/git/trees', body, asObject)).data;
  if (overlaid?.id === sha) for (const object of overlaid.made) remember(place.cache, object);
  return sha;
}

function refuseOther(kind: string, expected: ObjectId, found: ObjectId): void {
  if (expected !== found) throw new ProblemError(forgeProblems.otherObject(kind, expected, found));
}

/** A commit with the signature that it was given: the same content has the same id wherever it is written. */
async function writeCommit(place: GitPlace, commit: NewCommit): Promise<CommitObject> {
  const tree = await writeTree(place, commit);
  const text = commitText({ ...commit, tree });
  const id = objectId('commit', text, tree);
  const object = parseCommitText(id, text);
  const { message, parents, author, committer } = object;
  const body = { message, tree, parents, author, committer };
  const { sha } = (await place.client.request('POST /repos/{owner}/{repo}/git/commits', body, asObject)).data;
  refuseOther('commit', id, sha);
  return object;
}

/** A commit that GitHub signs: author and date are GitHub's then, so its id is known only afterwards. */
async function writeSigned(place: GitPlace, commit: NewCommit): Promise<CommitObject> {
  const tree = await writeTree(place, commit);
  const body = { message: wholeMessage(commit.message), tree, parents: commit.parents };
  const { data } = await place.client.request('POST /repos/{owner}/{repo}/git/commits', body, asObject);
  if (!data.verification.verified) throw new ProblemError(forgeProblems.unsigned(data.verification.reason));
  const { sha: id, author, committer, message } = data;
  return { kind: 'commit', id, tree, parents: commit.parents, author, committer, message: wholeMessage(message) };
}

async function writeTag(place: GitPlace, tag: NewTag): Promise<ObjectId> {
  const text = tagText(tag);
  const id = objectId('tag', text, tag.target);
  const object = parseTagText(id, text);
  const { name, target, message, tagger } = object;
  const body = { tag: name, message, object: target, type: 'commit', tagger };
  const { sha } = (await place.client.request('POST /repos/{owner}/{repo}/git/tags', body, asObject)).data;
  refuseOther('tag', id, sha);
  remember(place.cache, object);
  return sha;
}

/** Writes an object that no ref names yet. A second one of the same content is the same object, so nothing is lost by a lost answer. */
export async function writeObject(place: GitPlace, object: NewObject, isSigned: boolean): Promise<ObjectId> {
  if (object.kind === 'tag') return writeTag(place, object);
  const commit = await (isSigned ? writeSigned(place, object) : writeCommit(place, object));
  remember(place.cache, commit);
  return commit.id;
}
