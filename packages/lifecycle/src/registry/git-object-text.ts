import type { ObjectId, Signature } from '../ports/index.ts';

/** What Git strips from names too: they would end the header or the address. */
function cleanName(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is removed
  return text.replace(/[\u0000-\u001f<>]/g, '').replace(/^[\s.,:;"'\\]+|[\s.,:;"'\\]+$/g, '');
}

function signatureLine({ name, email, date }: Signature): string {
  const seconds = Math.floor(Date.parse(date) / 1000);
  return `${cleanName(name) || 'unknown'} <${cleanName(email)}> ${seconds} +0000`;
}

function body(message: string): string {
  const text = message.replaceAll('\0', '');
  return text.endsWith('\n') ? text : `${text}\n`;
}

/** A commit object's bytes as Git stores them, so that the same content has the same id in every adapter that can choose. */
export function commitText(commit: {
  tree: ObjectId;
  parents: readonly ObjectId[];
  author: Signature;
  message: string;
}): string {
  const who = signatureLine(commit.author);
  const parents = commit.parents.map((parent) => `parent ${parent}\n`).join('');
  return `tree ${commit.tree}\n${parents}author ${who}\ncommitter ${who}\n\n${body(commit.message)}`;
}

/** A tag object's bytes; the target is a commit. */
export function tagText(tag: { name: string; target: ObjectId; tagger: Signature; message: string }): string {
  return `object ${tag.target}\ntype commit\ntag ${tag.name}\ntagger ${signatureLine(tag.tagger)}\n\n${body(tag.message)}`;
}

/** The years 1 to 9999: what ISO 8601 writes in four digits. Git itself stores any number. */
const [firstSecond, lastSecond] = [-62_135_596_800, 253_402_300_799];

function parseSignature(line: string): Signature {
  const match = /^(.*?) ?<(.*)> (-?\d+) [+-]\d+$/.exec(line);
  const seconds = Number(match?.[3] ?? 0);
  const date = new Date(seconds >= firstSecond && seconds <= lastSecond ? seconds * 1000 : 0);
  return { name: match?.[1] ?? '', email: match?.[2] ?? '', date: `${date.toISOString().slice(0, 19)}Z` };
}

/** Headers in order of appearance; continuation lines (signatures) are skipped: nothing here reads them. */
function splitObject(text: string): { headers: readonly (readonly [string, string])[]; message: string } {
  const end = text.indexOf('\n\n');
  const head = end < 0 ? text : text.slice(0, end);
  const lines = head.split('\n').filter((line) => line !== '' && !line.startsWith(' '));
  const headers = lines.map((line) => {
    const space = line.indexOf(' ');
    return [line.slice(0, space), line.slice(space + 1)] as const;
  });
  return { headers, message: end < 0 ? '' : text.slice(end + 2) };
}

function one(headers: readonly (readonly [string, string])[], name: string): string {
  return headers.find(([key]) => key === name)?.[1] ?? '';
}

/** The inverse of `commitText`; reads commits that others wrote as well. */
export function parseCommitText(id: ObjectId, text: string) {
  const { headers, message } = splitObject(text);
  return {
    kind: 'commit' as const,
    id,
    tree: one(headers, 'tree'),
    parents: headers.filter(([key]) => key === 'parent').map(([, value]) => value),
    author: parseSignature(one(headers, 'author')),
    committer: parseSignature(one(headers, 'committer')),
    message,
  };
}

/** The inverse of `tagText`. */
export function parseTagText(id: ObjectId, text: string) {
  const { headers, message } = splitObject(text);
  const tagger = parseSignature(one(headers, 'tagger'));
  return { kind: 'tag' as const, id, target: one(headers, 'object'), name: one(headers, 'tag'), tagger, message };
}
