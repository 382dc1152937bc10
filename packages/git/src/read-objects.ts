import type { BlobObject, GitObject, ObjectId, TreeEntry, TreeObject } from '@model-gitops/lifecycle';
import { ProblemError, parseCommitText, parseTagText } from '@model-gitops/lifecycle';
import type { AskObjects } from './object-process.ts';
import { gitProblems } from './problems.ts';
import { gitText, type RunGit } from './run-git.ts';

/** A byte order mark is part of the text: whoever compares texts must see it. */
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });
const newline = 10;

/** `<mode> <name>\0<raw id>` until the end; ids are as long as the repository's own. */
function parseTree(id: ObjectId, bytes: Uint8Array): TreeObject {
  const idBytes = id.length / 2;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(0, at);
    const [mode = '', ...rest] = decoder.decode(bytes.subarray(at, end)).split(' ');
    const kind = mode === '40000' ? 'tree' : mode.startsWith('100') ? 'blob' : 'other';
    at = end + 1 + idBytes;
    entries.push({ name: rest.join(' '), kind, id: Buffer.from(bytes.subarray(end + 1, at)).toString('hex') });
  }
  return { kind: 'tree', id, entries };
}

function blob(id: ObjectId, bytes: Uint8Array): BlobObject {
  return { kind: 'blob', id, text: decoder.decode(bytes) };
}

function objectOf(id: ObjectId, kind: string, bytes: Uint8Array): GitObject {
  if (kind === 'tree') return parseTree(id, bytes);
  if (kind === 'blob') return blob(id, bytes);
  const text = decoder.decode(bytes);
  return kind === 'tag' ? parseTagText(id, text) : parseCommitText(id, text);
}

/** One answer of `git cat-file --batch`: `<id> <kind> <size>\n<bytes>\n`, or a line that ends with `missing`. */
function parseBatch(bytes: Uint8Array): (GitObject | null)[] {
  const objects: (GitObject | null)[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf(newline, at);
    const [id = '', kind = '', size = ''] = decoder.decode(bytes.subarray(at, end)).split(' ');
    at = end + 1;
    if (!/^[0-9a-f]{40,64}$/.test(id) || !/^\d+$/.test(size)) {
      objects.push(null);
      continue;
    }
    objects.push(objectOf(id, kind, bytes.subarray(at, at + Number(size))));
    at += Number(size) + 1;
  }
  return objects;
}

/** A name that cannot be asked in one line, or that Git could read as something else than an id, is not there. */
function isAskable(name: string): boolean {
  return /^[0-9a-f]{40}([0-9a-f]{24})?(:[^\n\r\0]*)?$/.test(name);
}

async function askOnce(run: RunGit, names: readonly string[]): Promise<Uint8Array> {
  const answer = await run(['cat-file', '--batch'], { input: `${names.join('\n')}\n` });
  // stopped half-way (a damaged object, a partial clone away from its remote): what it did not answer is not "missing"
  if (answer.exitCode !== 0)
    throw new ProblemError(gitProblems.gitFailed('cat-file', answer.stderr), { kind: 'could-not-run' });
  return answer.stdout;
}

export interface ObjectSource {
  readonly run: RunGit;
  /** The process that is kept; null where each question gets its own. */
  readonly ask: AskObjects | null;
}

/** What the local object database holds, in the order asked. */
export async function readLocalObjects(
  { run, ask }: ObjectSource,
  names: readonly string[],
): Promise<(GitObject | null)[]> {
  const asked = names.filter(isAskable);
  if (asked.length === 0) return names.map(() => null);
  const objects = parseBatch((await ask?.(asked)) ?? (await askOnce(run, asked)));
  const found = new Map(asked.map((name, index) => [name, objects[index] ?? null]));
  return names.map((name) => found.get(name) ?? null);
}

/** Which of these ids the local object database lacks. */
export async function missingObjects(run: RunGit, ids: readonly ObjectId[]): Promise<ObjectId[]> {
  if (ids.length === 0) return [];
  const text = await gitText(run, ['cat-file', '--batch-check'], { input: `${ids.join('\n')}\n` });
  const lines = text.trimEnd().split('\n');
  return ids.filter((_, index) => lines[index]?.endsWith(' missing') ?? true);
}
