import { bundleDoors } from '../bundle/bundle-doors.ts';
import type { Generator } from './generated-files.ts';

/** Everything that is committed and never edited. */
export const generators: readonly Generator[] = [{ name: 'dist', folder: 'dist', generate: bundleDoors }];
