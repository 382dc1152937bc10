import { yesOrNo } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

export const Inputs = z.object({ 'dry-run': yesOrNo, ...sharedInputs });
export type Inputs = z.infer<typeof Inputs>;
