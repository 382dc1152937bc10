import { modelNames } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({ model: modelNames, reuse: z.enum(['auto', 'never']), ...sharedInputs });
export type Inputs = z.infer<typeof Inputs>;
