import { modelNames, optionalText, wholeNumber } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({
  model: modelNames,
  seed: wholeNumber,
  comment: z.enum(['changes', 'always', 'never']),
  'comment-key': optionalText,
  ...sharedInputs,
});
export type Inputs = z.infer<typeof Inputs>;
