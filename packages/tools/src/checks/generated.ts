import { compareGenerated } from '../generators/generated-files.ts';
import { generators } from '../generators/index.ts';
import type { Check } from './check.ts';

/** Generates everything again, beside what stands, and lists what differs. What Git knows of it does not matter. */
export const generatedChecks: readonly Check[] = generators.map((generator) => ({
  name: `${generator.name} as generated`,
  mend: `npm run build -- ${generator.name}`,
  find: (root) => compareGenerated(root, generator),
}));
