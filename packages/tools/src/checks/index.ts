import { actionInputs } from './action-inputs.ts';
import { awakeRules } from './awake-rules.ts';
import type { Check } from './check.ts';
import { distImports } from './dist-imports.ts';
import { distStarts } from './dist-starts.ts';
import { downloadSize } from './download-size.ts';
import { generatedChecks } from './generated.ts';
import { importRules } from './import-rules.ts';
import { lint } from './lint.ts';
import { lockFile } from './lock-file.ts';
import { types } from './types.ts';
import { unusedFiles } from './unused-files.ts';
import { yamlExamples } from './yaml-examples.ts';

/** `npm run check`, in this order. */
export const checks: readonly Check[] = [
  types,
  lint,
  importRules,
  awakeRules,
  unusedFiles,
  ...generatedChecks,
  distImports,
  distStarts,
  actionInputs,
  yamlExamples,
  lockFile,
  downloadSize,
];
