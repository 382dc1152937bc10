import type { Git } from '../git.ts';

export interface CommitChanges {
  readonly id: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
  readonly modified: readonly string[];
}

/** `\u0001<id>`, then pairs of a letter and a path. */
function parseCommit(text: string): CommitChanges {
  const [id = '', ...words] = text.split('\0').map((word) => word.replace(/^\n/, ''));
  const pairs = words.flatMap((letter, index) =>
    index % 2 === 0 && letter !== '' ? [[letter, words[index + 1] ?? '']] : [],
  );
  const pathsOf = (wanted: (letter: string) => boolean) =>
    pairs.flatMap(([letter = '', path = '']) => (wanted(letter) ? [path] : []));
  return {
    id,
    added: pathsOf((letter) => letter === 'A'),
    removed: pathsOf((letter) => letter === 'D'),
    modified: pathsOf((letter) => letter !== 'A' && letter !== 'D'),
  };
}

/** Commits of a range, oldest first, with the paths that each changes; a merge by what it changes of its first parent. */
export async function listChanges(git: Git, range: readonly string[], most: number): Promise<CommitChanges[]> {
  const how = ['--no-renames', '--name-status', '--diff-merges=first-parent', '--format=%x01%H'];
  const text = await git.text(['log', '-z', '--reverse', `--max-count=${most}`, ...how, ...range]);
  return text
    .split('\u0001')
    .filter((part) => part !== '')
    .map(parseCommit);
}
