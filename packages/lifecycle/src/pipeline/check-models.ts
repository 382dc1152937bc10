import type { ModelConfig } from '../config/types.ts';
import { describeFeatures } from '../texts/describe-features.ts';
import { describeTraining } from '../texts/describe-training.ts';
import { describeValidation } from '../texts/describe-validation.ts';
import { type Answer, answerForEach, joinAnswers } from './answer.ts';
import type { Checkout } from './checkout.ts';
import { tellEvaluation } from './model-steps.ts';
import { selectModels } from './select-models.ts';
import { evaluateStep, featuresStep, trainStep, validateStep } from './steps.ts';

export interface CheckRequest {
  readonly models: readonly string[];
  readonly failOn: 'critical' | 'warning' | 'info';
  readonly seed: number;
}

type Step = (config: ModelConfig, request: CheckRequest, checkout: Checkout) => Promise<Answer>;

const train: Step = (config, _, checkout) =>
  answerForEach('model-gitops/train/1', [config], {
    perform: (one) => trainStep(one, { reuse: null, seed: null }, checkout),
    describe: describeTraining,
  });

/** The steps of a pull request in order. */
const steps: readonly Step[] = [
  (config, { failOn }, checkout) =>
    answerForEach('model-gitops/validate-data/1', [config], {
      perform: (one) => validateStep(one, { resultFormat: 'SUMMARY', failOn }, checkout),
      describe: describeValidation,
    }),
  (config, _, checkout) =>
    answerForEach('model-gitops/features/1', [config], {
      perform: (one) => featuresStep(one, { reuse: 'auto' }, checkout),
      describe: describeFeatures,
    }),
  train,
  (config, { seed }, checkout) =>
    answerForEach('model-gitops/evaluate/1', [config], {
      perform: (one) => evaluateStep(one, { seed }, checkout),
      describe: tellEvaluation,
    }),
];

/** Everything that CI asks of a pull request. What fails stops its own model, not the others. */
export async function checkModels(request: CheckRequest, opened: Checkout): Promise<Answer> {
  const { models, checkout } = await selectModels(request.models, opened);
  const answers: Answer[] = [];
  for (const config of models) {
    for (const step of steps) {
      if (step === train && config.train === undefined) continue;
      const answer = await step(config, request, checkout);
      answers.push(answer);
      if (answer.outcome !== 'pass') break;
    }
  }
  return joinAnswers('model-gitops/check/1', answers, 'steps');
}
