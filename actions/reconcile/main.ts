import { runAction } from '@model-gitops/host';
import { reconcileStep } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { errandOfEvent } from './errand-of-event.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';
import { answerOf, answerWithNothing, forkNote } from './report.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'reconcile',
    inputs: Inputs,
    perform: async (inputs, door) => {
      const { checkout, facts } = await openWorkflow(inputs, { ...door, ...start });
      if (facts.isFork) return answerWithNothing(forkNote);
      const asked = errandOfEvent(door.environment.GITHUB_EVENT_NAME ?? '', door.event);
      if ('nothing' in asked) return answerWithNothing(asked.nothing);
      return answerOf(await reconcileStep({ errand: asked.errand, dryRun: inputs['dry-run'] }, checkout));
    },
    outputs,
  });
}
