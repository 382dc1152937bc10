import { runAction } from '@model-gitops/host';
import { changeModels } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';
import { noteOf } from './report.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'promote-model',
    inputs: Inputs,
    perform: async ({ model: models, operation, version, environment, ...inputs }, door) => {
      const { checkout, facts } = await openWorkflow(inputs, { ...door, ...start });
      const dryRun = inputs['dry-run'] || facts.isProposal;
      const { requestedBy } = facts;
      const request = { models, operation, version, environment, requestedBy, dryRun };
      return noteOf(await changeModels(request, checkout), facts, checkout.head.defaultBranch);
    },
    outputs,
  });
}
