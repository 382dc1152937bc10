import type { Git } from '../git.ts';
import type { RawObject } from './object-reader.ts';

export interface Person {
  readonly name: string;
  readonly email: string;
  /** ISO 8601, UTC, as GitHub shows it. */
  readonly date: string;
}
export interface Commit {
  readonly id: string;
  readonly tree: string;
  readonly parents: readonly string[];
  readonly author: Person;
  readonly committer: Person;
  /** Exactly as stored. */
  readonly message: string;
  readonly signature: string | null;
  /** What was signed: the object without its signature. */
  readonly payload: string;
}
export interface Tag {
  readonly id: string;
  readonly target: { readonly id: string; readonly kind: RawObject['kind'] };
  readonly name: string;
  readonly tagger: Person | null;
  readonly message: string;
}
export interface TreeEntry {
  readonly path: string;
  readonly mode: '100644' | '100755' | '040000' | '120000' | '160000';
  readonly kind: 'blob' | 'tree' | 'commit';
  readonly id: string;
}

/** `Name <mail> 1700000000 +0000`. */
function parsePerson(line: string): Person {
  const [, name = '', email = '', seconds = '0'] = /^(.*?) ?<([^>]*)> (-?\d+) [+-]\d{4}$/.exec(line) ?? [];
  return { name, email, date: new Date(Number(seconds) * 1000).toISOString().replace('.000Z', 'Z') };
}

interface Headers {
  readonly fields: readonly (readonly [string, string])[];
  readonly message: string;
}

/** Lines `key value` up to an empty one; a line that starts with a space goes on with the value before it. */
function parseHeaders(text: string): Headers {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text.replace(/\n$/, '') : text.slice(0, end);
  const fields = head
    .replaceAll('\n ', '\u0000')
    .split('\n')
    .map((line) => {
      const space = line.indexOf(' ');
      return [line.slice(0, space), line.slice(space + 1).replaceAll('\u0000', '\n')] as const;
    });
  return { fields, message: end < 0 ? '' : text.slice(end + 2) };
}

const fieldOf = ({ fields }: Headers, key: string) => fields.find(([name]) => name === key)?.[1];

export function parseCommit({ id, bytes }: RawObject): Commit {
  const text = bytes.toString('utf8');
  const headers = parseHeaders(text);
  const signature = fieldOf(headers, 'gpgsig') ?? null;
  const payload = signature === null ? text : text.replace(`gpgsig ${signature.replaceAll('\n', '\n ')}\n`, '');
  return {
    id,
    tree: fieldOf(headers, 'tree') ?? '',
    parents: headers.fields.filter(([key]) => key === 'parent').map(([, value]) => value),
    author: parsePerson(fieldOf(headers, 'author') ?? ''),
    committer: parsePerson(fieldOf(headers, 'committer') ?? ''),
    message: headers.message,
    signature,
    payload,
  };
}

export function parseTag({ id, bytes }: RawObject): Tag {
  const headers = parseHeaders(bytes.toString('utf8'));
  const tagger = fieldOf(headers, 'tagger');
  return {
    id,
    target: { id: fieldOf(headers, 'object') ?? '', kind: (fieldOf(headers, 'type') ?? 'commit') as RawObject['kind'] },
    name: fieldOf(headers, 'tag') ?? '',
    tagger: tagger === undefined ? null : parsePerson(tagger),
    message: headers.message,
  };
}

const kindOfMode = (mode: string): TreeEntry['kind'] =>
  mode === '040000' ? 'tree' : mode === '160000' ? 'commit' : 'blob';

export function parseTree({ bytes, id }: RawObject): TreeEntry[] {
  const idLength = id.length / 2;
  const entries: TreeEntry[] = [];
  for (let at = 0; at < bytes.length; ) {
    const space = bytes.indexOf(32, at);
    const zero = bytes.indexOf(0, space);
    const mode = bytes.toString('ascii', at, space).padStart(6, '0') as TreeEntry['mode'];
    const object = bytes.toString('hex', zero + 1, zero + 1 + idLength);
    entries.push({ path: bytes.toString('utf8', space + 1, zero), mode, kind: kindOfMode(mode), id: object });
    at = zero + 1 + idLength;
  }
  return entries;
}

async function readAs<Value>(
  git: Git,
  name: string,
  kind: RawObject['kind'],
  parse: (object: RawObject) => Value,
): Promise<Value | null> {
  const object = await git.read(name);
  return object?.kind === kind ? parse(object) : null;
}

/** null where the name is nothing, or something else; a branch or a tag is followed to its commit. */
export const readCommit = (git: Git, name: string) => readAs(git, `${name}^{commit}`, 'commit', parseCommit);
/** Of a commit, a tree, or `<commit>:<folder>`. */
export const readTree = (git: Git, name: string) =>
  readAs(git, name.includes(':') ? name : `${name}^{tree}`, 'tree', parseTree);
export const readTag = (git: Git, id: string) => readAs(git, id, 'tag', parseTag);
export const readBlob = (git: Git, name: string) => readAs(git, name, 'blob', ({ id, bytes }) => ({ id, bytes }));
