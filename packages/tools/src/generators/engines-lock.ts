import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Generator } from './generated-files.ts';

const path = 'packages/host/src/engines/engines-lock.json';

/** Which tarballs an engine is made of, by digest, as package-lock.json has them. */
export const enginesLock: Generator = {
  name: 'engines',
  async generate(root) {
    const { renderEnginesLock } = await import('@model-gitops/host');
    return new Map([[path, renderEnginesLock(readFileSync(join(root, 'package-lock.json'), 'utf8'))]]);
  },
};
