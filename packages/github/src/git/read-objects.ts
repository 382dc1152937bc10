import { backOffMs, type GitObject, type ObjectId, ProblemError } from '@model-gitops/lifecycle';
import { forgeProblems } from '../problems.ts';
import { askQuestions, type Question, readWholeFolder, rememberAnswer } from './ask-objects.ts';
import type { GitPlace } from './git-place.ts';
import { holding, type ObjectCache, type ObjectName, parseObjectName, resolveName } from './object-cache.ts';

/** What one query may ask for. */
const mostObjects = 100;
/** Folders that are each read whole, with all below them, rather than level by level. */
const mostWholeFolders = 4;
const mostReads = 5;

/** A path in which nothing can be read as something else than a name; others are followed folder by folder. */
function isPlain(path: readonly string[]): boolean {
  return path.every((part) => part !== '.' && part !== '..' && !/[\\^~:{}*?["\p{Cc}\p{Cf}]/u.test(part));
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
  const folders = questions.filter(({ id }) => id !== null && place.cache.listed.get(id) === 'tree' && !cut.has(id));
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

/** An id that was not found although a ref, a commit or a folder names it: a copy of GitHub's that is behind was asked. */
function unseenId({ cache, tips }: GitPlace, name: ObjectName): ObjectId | null {
  const resolved = resolveName(cache, name);
  if ('absent' in resolved) return null;
  const id = 'id' in resolved ? resolved.id : resolved.next;
  if (cache.objects.has(id)) return null;
  return tips.has(id) || cache.listed.has(id) || ('next' in resolved && id !== name.root) ? id : null;
}

interface Found {
  readonly objects: readonly (GitObject | null)[];
  readonly unseen: ObjectId | null;
}

async function readOnce(whole: GitPlace, names: readonly string[]): Promise<Found> {
  const asked = names.flatMap((text) => parseObjectName(text) ?? []);
  const cache = holding(whole.cache);
  const place = { ...whole, cache };
  const reading: Reading = { place, cache, missing: new Set(), cut: new Set() };
  for (let open = openQuestions(reading, asked); open.length > 0; open = openQuestions(reading, asked))
    await askOpen(reading, open);
  const unseen = asked.map((name) => unseenId(place, name)).find((id) => id !== null) ?? null;
  return { objects: names.map((text) => answerOf(cache, text)), unseen };
}

/** Objects by id or by commit and path, from memory where they are there, all others in one query a hundred. What must be there and is not shown in the end is a problem, never "nothing". */
export async function readObjects(place: GitPlace, names: readonly string[]): Promise<readonly (GitObject | null)[]> {
  const { host } = place.client;
  for (let reads = 1; ; reads += 1) {
    const { objects, unseen } = await readOnce(place, names);
    if (unseen === null) return objects;
    if (reads === mostReads) throw unshown('query ReadObjects', unseen);
    await host.sleep(backOffMs(reads, host.random()));
  }
}

/** GitHub names an object, and does not show it. */
export function unshown(call: string, id: ObjectId): ProblemError {
  return new ProblemError(forgeProblems.unreachable(call, `it does not show ${id} yet`), { kind: 'could-not-run' });
}
