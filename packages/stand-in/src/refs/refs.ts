import type { Git } from '../git.ts';

export interface Ref {
  /** Full: `refs/heads/main`. */
  readonly name: string;
  /** What it holds itself: of an annotated tag the tag object. */
  readonly id: string;
}

const isPlain = (name: string) => /^refs\/[^\s~^:?*[\\]+$/.test(name) && !name.includes('..') && !name.includes('@{');

export async function readRef(git: Git, name: string): Promise<string | null> {
  return isPlain(name) ? ((await git.read(name))?.id ?? null) : null;
}

/** Those whose full name starts with the prefix, sorted. */
export async function listRefs(git: Git, prefix: string): Promise<Ref[]> {
  const folder = prefix.slice(0, prefix.lastIndexOf('/') + 1);
  const text = await git.text(['for-each-ref', '--format=%(objectname) %(refname)', folder === '' ? 'refs/' : folder]);
  const refs = text.split('\n').filter((line) => line !== '');
  return refs
    .map((line) => ({ id: line.slice(0, line.indexOf(' ')), name: line.slice(line.indexOf(' ') + 1) }))
    .filter(({ name }) => name.startsWith(prefix));
}

export const readBranch = (git: Git, branch: string): Promise<string | null> => readRef(git, `refs/heads/${branch}`);

/** `main` of `refs/heads/main`. */
export const shortName = (ref: string): string => ref.replace(/^refs\/(heads|tags)\//, '');

export async function isAncestor(git: Git, ancestor: string, descendant: string): Promise<boolean> {
  return (await git.run(['merge-base', '--is-ancestor', ancestor, descendant])).exitCode === 0;
}

export interface RefUpdate {
  readonly ref: string;
  /** null: it was not there. */
  readonly before: string | null;
  /** null: it is deleted. */
  readonly after: string | null;
}

/** Compare-and-swap; `nested`: a branch `a` beside `a/b`. */
export async function swapRef(git: Git, { ref, before, after }: RefUpdate): Promise<'moved' | 'lost' | 'nested'> {
  const zero = '0'.repeat(40);
  const target = after === null ? ['-d', ref] : [ref, after];
  const answer = await git.run(['update-ref', ...target, before ?? zero]);
  if (answer.exitCode === 0) return 'moved';
  return /exists; cannot create/.test(answer.stderr) ? 'nested' : 'lost';
}
