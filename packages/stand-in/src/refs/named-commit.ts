import type { Git } from '../git.ts';
import { type Commit, readCommit } from '../objects/parse.ts';

/** The commit of a sha, a branch, a tag, or `heads/<branch>` and `tags/<tag>`: the order of GitHub's `{ref}`. */
export async function readNamedCommit(git: Git, name: string): Promise<Commit | null> {
  const names = /^[0-9a-f]{4,40}$/.test(name) ? [name] : [];
  for (const one of [`refs/heads/${name}`, `refs/tags/${name}`, `refs/${name}`, ...names]) {
    const commit = await readCommit(git, one);
    if (commit !== null) return commit;
  }
  return null;
}
