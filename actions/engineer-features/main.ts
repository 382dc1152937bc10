import { runAction } from '@model-gitops/host';
import { engineerModels } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'engineer-features',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { checkout } = await openWorkflow(inputs, { ...door, ...start });
      return engineerModels({ models: inputs.model, reuse: inputs.reuse }, checkout);
    },
    outputs,
  });
}
