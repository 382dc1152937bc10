import { runAction } from '@model-gitops/host';
import { trainModels } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'train-model',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { checkout } = await openWorkflow(inputs, { ...door, ...start });
      // "auto" leaves it to the model.yaml, whose "train.reuse: never" a workflow does not undo
      const reuse = inputs.reuse === 'never' ? 'never' : null;
      return trainModels({ models: inputs.model, reuse, seed: inputs.seed }, checkout);
    },
    outputs,
  });
}
