import { linesOf, runInstalled } from '../run-program.ts';
import type { Check } from './check.ts';

/** Files that nothing imports and nothing starts: what they say is no longer so. */
export const unusedFiles: Check = {
  name: 'unused files',
  mend: 'Delete the file, or name it as an entry in knip.json.',
  async find(root) {
    const args = ['--include', 'files', '--no-progress', '--no-config-hints', '--reporter', 'compact'];
    const { code, stdout, stderr } = await runInstalled(root, 'knip/bin/knip.js', args);
    return code === 0 ? [] : linesOf(stdout + stderr);
  },
};
