import { parseRepositoryConfig, repositoryConfigFile } from '../config/index.ts';
import type { GitStore } from '../ports/index.ts';
import { readTip } from '../registry/read-files.ts';

/**
 * The folder of pointers as the default branch says, never a checkout of something that is not merged. A file that
 * cannot be read is a problem: to look into another folder would be to see no promotion where there is one.
 */
export async function readRegistryFolder(git: GitStore, defaultBranch: string): Promise<string> {
  const head = await readTip(git, `refs/heads/${defaultBranch}`);
  const [blob] = head === null ? [null] : await git.readObjects([`${head}:${repositoryConfigFile}`]);
  return parseRepositoryConfig(blob?.kind === 'blob' ? blob.text : '', repositoryConfigFile).registry;
}
