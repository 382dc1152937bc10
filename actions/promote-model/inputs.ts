import { modelNames, optionalText, yesOrNo } from '@model-gitops/host';
import { z } from 'zod';
import { sharedInputs } from '../shared-inputs.ts';

/** What each operation must be told besides the model. */
const needed = { promote: ['environment'], rollback: ['environment'], archive: ['version'] } as const;

export const Inputs = z
  .object({
    model: modelNames,
    operation: z.enum(['promote', 'rollback', 'archive']),
    version: optionalText,
    environment: optionalText,
    'dry-run': yesOrNo,
    ...sharedInputs,
  })
  .superRefine((inputs, context) => {
    for (const name of needed[inputs.operation]) {
      if (inputs[name] === null)
        context.addIssue({ code: 'custom', path: [name], message: `must be given to ${inputs.operation}` });
    }
  });
export type Inputs = z.infer<typeof Inputs>;
