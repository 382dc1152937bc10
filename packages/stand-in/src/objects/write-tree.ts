import { randomUUID } from 'node:crypto';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { Git } from '../git.ts';
import { refusals } from '../refusals.ts';
import { readTree } from './parse.ts';
import { writeBlob } from './write.ts';

export interface TreeChange {
  readonly path: string;
  readonly mode: string;
  /** null deletes; without it `content` is the new text. */
  readonly sha?: string | null | undefined;
  readonly content?: string | Uint8Array | undefined;
}

type Put = TreeChange & { readonly id: string | null };

async function idOf(git: Git, change: TreeChange): Promise<Put> {
  if (change.sha === null) return { ...change, id: null };
  if (change.sha === undefined) return { ...change, id: await writeBlob(git, change.content ?? '') };
  const object = change.mode === '160000' ? { kind: 'commit' } : await git.read(change.sha);
  const expected = change.mode === '040000' ? 'tree' : change.mode === '160000' ? 'commit' : 'blob';
  if (object?.kind !== expected) throw refusals.unprocessable(`tree.sha ${change.sha} is not a valid ${expected}`);
  return { ...change, id: change.sha };
}

const at = (known: readonly string[], path: string) =>
  known.filter((one) => one === path || one.startsWith(`${path}/`));

/** Deleting what is not there is an error for GitHub. */
function pathsToDelete(known: readonly string[], { path }: Put): string[] {
  const paths = at(known, path);
  if (paths.length === 0) throw refusals.unprocessable('GitRPC::BadObjectState');
  return paths;
}

const removal = (path: string) => `0 ${'0'.repeat(40)}\t${path}\0`;

/** A whole folder takes the place of what was at its path. */
async function linesOfTree(git: Git, known: readonly string[], { path, id }: Put): Promise<string[]> {
  const text = await git.text(['ls-tree', '-r', '-z', id ?? '']);
  const files = text.split('\0').filter((line) => line !== '');
  return [...at(known, path).map(removal), ...files.map((line) => `${line.replace('\t', `\t${path}/`)}\0`)];
}

async function linesOf(git: Git, known: readonly string[], change: Put): Promise<string[]> {
  if (change.id === null) return pathsToDelete(known, change).map(removal);
  if (change.mode === '040000') return linesOfTree(git, known, change);
  return [`${change.mode} ${change.id}\t${change.path}\0`];
}

/** A tree with changes laid over another; '' starts from nothing. */
export async function writeTree(git: Git, base: string, changes: readonly TreeChange[]): Promise<string> {
  if (base !== '' && (await readTree(git, base)) === null)
    throw refusals.unprocessable('base_tree is not a valid tree oid');
  const puts = await Promise.all(changes.map((change) => idOf(git, change)));
  const index = join(git.folder, `index-${randomUUID()}`);
  const run = async (args: readonly string[], input = '') => {
    const answer = await git.run(args, { input, env: { GIT_INDEX_FILE: index } });
    if (answer.exitCode !== 0) throw refusals.unprocessable('GitRPC::BadObjectState');
    return answer.stdout.toString('utf8').trimEnd();
  };
  try {
    await run(base === '' ? ['read-tree', '--empty'] : ['read-tree', base]);
    const known = (await run(['ls-files', '-z'])).split('\0').filter((path) => path !== '');
    const lines = await Promise.all(puts.map((put) => linesOf(git, known, put)));
    await run(['update-index', '-z', '--replace', '--index-info'], lines.flat().join(''));
    return await run(['write-tree']);
  } finally {
    await rm(index, { force: true });
  }
}
