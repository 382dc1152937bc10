import { optionalText, requiredText, yesOrNo } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({
  model: requiredText,
  'out-path': requiredText,
  at: optionalText,
  'allow-unapproved': yesOrNo,
  ...sharedInputs,
});
export type Inputs = z.infer<typeof Inputs>;
