import type { GitObject, ObjectId, TreeEntry } from '@model-gitops/lifecycle';
import { kindOfMode, type ObjectFields, objectFragment, objectOf } from '../graphql/object-fields.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import type { GitPlace } from './git-place.ts';
import { remember } from './object-cache.ts';
import { objectId } from './object-id.ts';

/** A byte order mark is part of the text: whoever compares texts must see it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A question: an object by its id, or what a commit holds at a path. */
export interface Question {
  readonly key: string;
  readonly id: ObjectId | null;
}

/** All in one query; null for what GitHub does not show. */
export async function askQuestions(place: GitPlace, questions: readonly Question[]): Promise<(ObjectFields | null)[]> {
  const declared = questions.map(({ id }, n) => `, $q${n}: ${id === null ? 'String' : 'GitObjectID'}`).join('');
  const fields = questions.map(
    ({ id }, n) => `o${n}: object(${id === null ? 'expression' : 'oid'}: $q${n}) { ...Whole }`,
  );
  const query = `query ReadObjects($owner: String!, $name: String!${declared}) {
  repository(owner: $owner, name: $name) { id ${fields.join(' ')} }
}
${objectFragment}`;
  const variables = Object.fromEntries(questions.map(({ key }, n) => [`q${n}`, key]));
  const { repository } = await place.client.graphql<{
    repository: { readonly id: string } & Readonly<Record<string, ObjectFields | null>>;
  }>(query, variables, { needs: 'contents: read' });
  place.node.id = repository.id;
  return questions.map((_, n) => repository[`o${n}`] ?? null);
}

/** The bytes themselves: GitHub's text is cut where it is long, missing where it looks binary, and may be converted. */
async function readBytes({ client }: GitPlace, id: ObjectId): Promise<GitObject> {
  const { data } = await client.request('GET /repos/{owner}/{repo}/git/blobs/{file_sha}', { file_sha: id });
  const text = decoder.decode(Buffer.from(data.content, data.encoding === 'base64' ? 'base64' : 'utf8'));
  return { kind: 'blob', id, text };
}

export async function rememberAnswer(place: GitPlace, { key }: Question, fields: ObjectFields | null): Promise<void> {
  if (fields === null) return;
  const told = objectOf(fields);
  const isWhole = told.kind !== 'blob' || objectId('blob', told.text, told.id) === told.id;
  remember(place.cache, isWhole ? told : await readBytes(place, told.id));
  if (key !== told.id) place.cache.names.set(key, told.id);
}

interface ListedEntry {
  readonly path?: string;
  readonly mode?: string;
  readonly sha?: string;
}

function rememberFolders(place: GitPlace, root: ObjectId, listed: readonly ListedEntry[]): void {
  const folders = new Map<string, { id: ObjectId; entries: TreeEntry[] }>([['', { id: root, entries: [] }]]);
  for (const { path = '', mode = '', sha = '' } of listed) {
    const slash = path.lastIndexOf('/');
    const kind = kindOfMode(Number.parseInt(mode, 8));
    if (kind === 'tree') folders.set(path, { id: sha, entries: [] });
    folders.get(slash < 0 ? '' : path.slice(0, slash))?.entries.push({ name: path.slice(slash + 1), kind, id: sha });
  }
  for (const { id, entries } of folders.values()) remember(place.cache, { kind: 'tree', id, entries });
}

/** A folder with everything below it, in one call; false where GitHub cuts the list, which then is no answer. */
export async function readWholeFolder(place: GitPlace, id: ObjectId): Promise<boolean> {
  try {
    const { data } = await place.client.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      tree_sha: id,
      recursive: '1',
    });
    if (data.truncated) return false;
    rememberFolders(place, id, data.tree);
    return true;
  } catch (thrown) {
    if (failureOf(thrown)?.kind === 'not-found') return false;
    throw thrown;
  }
}
