import { modelNames } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({
  model: modelNames,
  reuse: z.enum(['auto', 'never']),
  seed: z
    .string()
    .regex(/^\d{0,9}$/, 'must be a whole number, or empty')
    .transform((text) => (text === '' ? null : Number(text))),
  ...sharedInputs,
});
export type Inputs = z.infer<typeof Inputs>;
