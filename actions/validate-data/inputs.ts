import { modelNames } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({
  model: modelNames,
  'result-format': z.enum(['BOOLEAN_ONLY', 'BASIC', 'SUMMARY', 'COMPLETE']),
  ...sharedInputs,
});
export type Inputs = z.infer<typeof Inputs>;
