import picomatch from 'picomatch';
import type { GitStore, ObjectId, Workspace } from '../ports/index.ts';
import { listFiles } from '../registry/read-files.ts';

/** The files of a commit, as configuration is read from them: what is decided on the default branch, not in somebody's working tree. */
export function filesOfCommit(git: GitStore, commit: ObjectId): Pick<Workspace, 'readText' | 'list'> {
  let all: Promise<readonly string[]> | null = null;
  const paths = () => {
    all ??= listFiles(git, `${commit}:`).then((files) => files.map(({ path }) => path));
    return all;
  };
  return {
    async readText(path) {
      const [blob] = await git.readObjects([`${commit}:${path}`]);
      return blob?.kind === 'blob' ? blob.text.replace(/^\ufeff/, '') : null;
    },
    async list(globs, under) {
      const isWanted = picomatch([...globs], { dot: true });
      const prefix = under === '' ? '' : `${under.replace(/\/$/, '')}/`;
      const below = (await paths()).filter((path) => path.startsWith(prefix));
      return below.filter((path) => isWanted(path.slice(prefix.length))).sort();
    },
  };
}
