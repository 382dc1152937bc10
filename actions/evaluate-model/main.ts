import { runAction, tokenHider } from '@model-gitops/host';
import { answerWithProblem, evaluateModels, ProblemError } from '@model-gitops/lifecycle';
import { openWorkflow, type Start } from '../open-workflow.ts';
import { parseCommentPlace } from './comment-place.ts';
import { Inputs } from './inputs.ts';
import { outputs } from './outputs.ts';
import { withComment } from './post-comment.ts';
import { keyOf } from './sticky-comment.ts';

export async function main(start: Start): Promise<void> {
  await runAction({
    name: 'evaluate-model',
    inputs: Inputs,
    perform: async ({ model: models, seed, comment: mode, ...inputs }, door) => {
      const { checkout, facts } = await openWorkflow(inputs, { ...door, ...start });
      const answer = await evaluateModels({ models, seed }, checkout).catch((thrown) => {
        if (thrown instanceof ProblemError) return answerWithProblem(thrown);
        throw thrown;
      });
      const key = keyOf(models, inputs['comment-key']);
      const place = parseCommentPlace(door.event, door.environment);
      return withComment(answer, { mode, key, place, facts, hide: tokenHider(door.environment) }, checkout);
    },
    outputs,
  });
}
