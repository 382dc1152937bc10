import { linesOf, runInstalled } from '../run-program.ts';
import type { Check } from './check.ts';

export const types: Check = {
  name: 'types',
  mend: 'npm run types',
  async find(root) {
    const { code, stdout, stderr } = await runInstalled(root, 'typescript/bin/tsc', ['--noEmit', '--pretty', 'false']);
    return code === 0 ? [] : linesOf(stdout + stderr);
  },
};
