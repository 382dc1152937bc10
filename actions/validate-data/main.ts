import { runAction } from '@model-gitops/host';
import { validateModels } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'validate-data',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { checkout } = await openWorkflow(inputs, { ...door, ...start });
      // "never" decides what the verdict does to the job, not what the verdict is
      const failOn = inputs['fail-on'] === 'never' ? 'critical' : inputs['fail-on'];
      return validateModels({ models: inputs.model, resultFormat: inputs['result-format'], failOn }, checkout);
    },
    outputs,
  });
}
