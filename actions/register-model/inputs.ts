import { modelNames, optionalText, yesOrNo } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({ model: modelNames, version: optionalText, 'dry-run': yesOrNo, ...sharedInputs });
export type Inputs = z.infer<typeof Inputs>;
