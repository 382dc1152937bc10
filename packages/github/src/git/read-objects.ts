import { backOffMs, type GitObject, type ObjectId, type TreeEntry } from '@model-gitops/lifecycle';
import { kindOfMode, type ObjectFields, objectFragment, objectOf } from '../graphql/object-fields.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import type { GitPlace } from './git-place.ts';
import { holding, type ObjectCache, type ObjectName, parseObjectName, remember, resolveName } from './object-cache.ts';
import { objectId } from './object-id.ts';

/** What one query may ask for. */
const mostObjects = 100;
/** Folders that are each read whole, with all below them, rather than level by level. */
const mostWholeFolders = 4;
const mostReads = 5;

/** A byte order mark is part of the text: whoever compares texts must see it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/** A path in which nothing can be read as something else than a name; others are followed folder by folder. */
function isPlain(path: readonly string[]): boolean {
  return path.every((part) => part !== '.' && part !== '..' && !/[\\^~:{}*?["\p{Cc}\p{Cf}]/u.test(part));
}

/** A question: an object by its id, or what a commit holds at a path. */
interface Question {
  readonly key: string;
  readonly id: ObjectId | null;
}

async function askQuestions(place: GitPlace, questions: readonly Question[]): Promise<(ObjectFields | null)[]> {
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

async function rememberAnswer(place: GitPlace, { key }: Question, fields: ObjectFields | null): Promise<void> {
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
async function readWholeFolder(place: GitPlace, id: ObjectId): Promise<boolean> {
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

/** What a commit holds at a path, with the commit and the folders on the way: one query, and later ones are answered from memory. */
function questionsAbout({ text, root, path }: ObjectName, next: ObjectId): Question[] {
  if (path === null || !isPlain(path)) return [{ key: next, id: next }];
  const above = path.map((_, depth) => `${root}:${path.slice(0, depth).join('/')}`);
  return [{ key: root, id: root }, ...[...above, text].map((key) => ({ key, id: null }))];
}

interface Reading {
  readonly place: GitPlace;
  readonly cache: ObjectCache;
  /** Asked, and not there. */
  readonly missing: Set<string>;
  /** Folders that GitHub does not list whole. */
  readonly cut: Set<ObjectId>;
}

/** Answered already: it is remembered, or it is known that it is not there. */
function isAnswered({ cache, missing }: Reading, key: string): boolean {
  if (missing.has(key)) return true;
  const name = parseObjectName(key);
  const resolved = name === null ? { absent: true } : resolveName(cache, name);
  return 'absent' in resolved || ('id' in resolved && cache.objects.has(resolved.id));
}

function openQuestions(reading: Reading, names: readonly ObjectName[]): Question[] {
  const questions = names.flatMap((name) => {
    if (isAnswered(reading, name.text)) return [];
    const resolved = resolveName(reading.cache, name);
    if ('id' in resolved) return [{ key: resolved.id, id: resolved.id }];
    return 'next' in resolved ? questionsAbout(name, resolved.next) : [];
  });
  const open = questions.filter(({ key }) => !isAnswered(reading, key));
  return [...new Map(open.map((question) => [question.key, question])).values()];
}

/** Folders of a listing that goes on are read whole while they are few. */
async function readFolders(reading: Reading, questions: readonly Question[]): Promise<readonly Question[]> {
  const { place, cut } = reading;
  const folders = questions.filter(({ id }) => id !== null && place.cache.folders.has(id) && !cut.has(id));
  if (folders.length === 0 || folders.length > mostWholeFolders) return questions;
  for (const { key } of folders) if (!(await readWholeFolder(place, key))) cut.add(key);
  return questions.filter(({ key }) => !place.cache.objects.has(key));
}

/** One round: what is still unknown is asked, at most a hundred objects a query. */
async function askOpen(reading: Reading, open: readonly Question[]): Promise<void> {
  const { place, missing } = reading;
  const questions = await readFolders(reading, open);
  for (let at = 0; at < questions.length; at += mostObjects) {
    const part = questions.slice(at, at + mostObjects);
    const answers = await askQuestions(place, part);
    for (const [n, question] of part.entries()) {
      const fields = answers[n] ?? null;
      if (fields === null) missing.add(question.key);
      else await rememberAnswer(place, question, fields);
    }
  }
}

function answerOf(cache: ObjectCache, text: string): GitObject | null {
  const name = parseObjectName(text);
  const resolved = name === null ? null : resolveName(cache, name);
  return resolved !== null && 'id' in resolved ? (cache.objects.get(resolved.id) ?? null) : null;
}

async function readOnce(place: GitPlace, names: readonly string[]): Promise<(GitObject | null)[]> {
  const asked = names.flatMap((text) => parseObjectName(text) ?? []);
  const cache = holding(place.cache);
  const reading: Reading = { place: { ...place, cache }, cache, missing: new Set(), cut: new Set() };
  for (let open = openQuestions(reading, asked); open.length > 0; open = openQuestions(reading, asked))
    await askOpen(reading, open);
  return names.map((text) => answerOf(cache, text));
}

/** What a ref holds exists: not to find it means to have asked a copy that is behind. */
function isImpossible({ tips }: GitPlace, names: readonly string[], objects: readonly (GitObject | null)[]): boolean {
  return names.some((name, index) => objects[index] === null && tips.has(name));
}

/** Objects by id or by commit and path, from memory where they are there, all others in one query a hundred. */
export async function readObjects(place: GitPlace, names: readonly string[]): Promise<readonly (GitObject | null)[]> {
  const { host } = place.client;
  let objects = await readOnce(place, names);
  for (let reads = 1; reads < mostReads && isImpossible(place, names, objects); reads += 1) {
    await host.sleep(backOffMs(reads, host.random()));
    objects = await readOnce(place, names);
  }
  return objects;
}
