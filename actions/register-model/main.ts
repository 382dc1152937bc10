import { runAction } from '@model-gitops/host';
import { registerModels } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';
import { judgePlace } from './place.ts';
import { noteOf } from './report.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'register-model',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { checkout, facts } = await openWorkflow(inputs, { ...door, ...start });
      const dryRun = judgePlace(facts, checkout.head, inputs['dry-run']) === 'dry-run';
      const answer = await registerModels({ models: inputs.model, version: inputs.version, dryRun }, checkout);
      return noteOf(answer, facts, checkout.storeName);
    },
    outputs,
  });
}
