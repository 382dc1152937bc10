import { bundleDoors } from '../bundle/bundle-doors.ts';
import { actionTables } from './action-tables.ts';
import { enginesLock } from './engines-lock.ts';
import type { Generator } from './generated-files.ts';
import { jsonSchemas } from './json-schemas.ts';
import { publicSurface } from './public-surface.ts';

/** Everything that is committed and never edited. `dist` comes last: it holds what the others make. */
export const generators: readonly Generator[] = [
  actionTables,
  jsonSchemas,
  publicSurface,
  enginesLock,
  { name: 'dist', folder: 'dist', generate: bundleDoors },
];
