import type { Git } from '../git.ts';
import { readTree } from '../objects/parse.ts';

export interface ChangedFile {
  readonly path: string;
  /** Of a renamed file. */
  readonly oldPath: string | null;
  readonly status: 'added' | 'removed' | 'modified' | 'renamed';
  readonly additions: number;
  readonly deletions: number;
  /** null: removed. */
  readonly id: string | null;
}

const statuses: Readonly<Record<string, ChangedFile['status']>> = { A: 'added', D: 'removed', R: 'renamed' };

interface Raw {
  readonly letter: string;
  readonly id: string;
  readonly paths: readonly string[];
}

/** `:<modes> <ids> <letter>`, then one path, or two of a rename. */
function parseRaw(words: readonly string[]): Raw[] {
  const found: Raw[] = [];
  for (let at = 0; at < words.length && words[at]?.startsWith(':'); ) {
    const [, , , id = '', letter = ''] = (words[at] ?? '').split(' ');
    const count = letter.startsWith('R') ? 2 : 1;
    found.push({ letter: letter.slice(0, 1), id, paths: words.slice(at + 1, at + 1 + count) });
    at += 1 + count;
  }
  return found;
}

/** `<added>\t<deleted>\t<path>`; of a rename the path is empty and two words follow. Binary files count nothing. */
function parseCounts(words: readonly string[]): Map<string, readonly [number, number]> {
  const counts = new Map<string, readonly [number, number]>();
  for (let at = 0; at < words.length; at += 1) {
    const [added, deleted, path] = (words[at] ?? '').split('\t');
    if (deleted === undefined) continue;
    const name = path === '' ? (words[at + 2] ?? '') : (path ?? '');
    counts.set(name, [Number(added) || 0, Number(deleted) || 0]);
    if (path === '') at += 2;
  }
  return counts;
}

async function diff(git: Git, range: readonly string[]): Promise<ChangedFile[]> {
  const text = await git.text(['diff', '--raw', '--numstat', '--no-abbrev', '-M', '-z', ...range, '--']);
  const words = text.split('\0').filter((word) => word !== '');
  const raw = parseRaw(words);
  const counts = parseCounts(text.split('\0').slice(raw.reduce((sum, { paths }) => sum + 1 + paths.length, 0)));
  return raw.map(({ letter, id, paths }) => {
    const path = paths.at(-1) ?? '';
    const [additions, deletions] = counts.get(path) ?? [0, 0];
    const oldPath = paths.length > 1 ? (paths[0] ?? null) : null;
    const status = statuses[letter] ?? 'modified';
    return { path, oldPath, status, additions, deletions, id: status === 'removed' ? null : id };
  });
}

/** What a head changes since it left the base. */
export const diffSinceFork = (git: Git, base: string, head: string): Promise<ChangedFile[]> =>
  diff(git, [`${base}...${head}`]);

/** What a commit changes of its first parent. */
export async function diffOfCommit(git: Git, id: string, parent: string | undefined): Promise<ChangedFile[]> {
  if (parent !== undefined) return diff(git, [parent, id]);
  const empty = await git.text(['hash-object', '-t', 'tree', '-w', '--stdin']);
  return (await readTree(git, id)) === null ? [] : diff(git, [empty, id]);
}
