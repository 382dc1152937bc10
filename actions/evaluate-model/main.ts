import { runAction } from '@model-gitops/host';
import { evaluateModels } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'evaluate-model',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { checkout } = await openWorkflow(inputs, { ...door, ...start });
      return evaluateModels({ models: inputs.model, seed: inputs.seed }, checkout);
    },
    outputs,
  });
}
