import type { EvaluateDocument, Figure } from '../documents.ts';
import { compareMetrics } from '../evaluate/compare-metrics.ts';
import { ProblemError } from '../problem.ts';
import { describeEvaluation } from '../texts/describe-evaluation.ts';
import { describeFeatures } from '../texts/describe-features.ts';
import { describeRegistration } from '../texts/describe-registration.ts';
import { describeTraining } from '../texts/describe-training.ts';
import { describeValidation } from '../texts/describe-validation.ts';
import type { Report } from '../texts/report.ts';
import { type Answer, answerForEach } from './answer.ts';
import type { Checkout } from './checkout.ts';
import { pipelineProblems } from './problems.ts';
import { type RegisterOptions, registerStep } from './register-step.ts';
import { selectModels } from './select-models.ts';
import {
  evaluateStep,
  featuresStep,
  type TrainOptions,
  trainStep,
  type ValidateOptions,
  validateStep,
} from './steps.ts';

/** What doors call: a step for every model that was asked for, told for people and for machines. */

interface Models {
  /** Names, or `all`; none is all. */
  readonly models: readonly string[];
}

export async function validateModels(request: Models & ValidateOptions, opened: Checkout): Promise<Answer> {
  const { models, checkout } = await selectModels(request.models, opened);
  return answerForEach('model-gitops/validate-data/1', models, {
    perform: (config) => validateStep(config, request, checkout),
    describe: describeValidation,
  });
}

export async function engineerModels(
  request: Models & { readonly reuse: 'auto' | 'never' },
  opened: Checkout,
): Promise<Answer> {
  const { models, checkout } = await selectModels(request.models, opened);
  return answerForEach('model-gitops/features/1', models, {
    perform: (config) => featuresStep(config, request, checkout),
    describe: describeFeatures,
  });
}

/** Models that only name an existing file are left out: there is nothing to train. */
export async function trainModels(request: Models & TrainOptions, opened: Checkout): Promise<Answer> {
  const { models, checkout } = await selectModels(request.models, opened);
  const trained = models.filter(({ train }) => train !== undefined);
  if (trained.length === 0) throw new ProblemError(pipelineProblems.nothingToTrain(models.map(({ name }) => name)));
  return answerForEach('model-gitops/train/1', trained, {
    perform: (config) => trainStep(config, request, checkout),
    describe: describeTraining,
  });
}

function judgementOf(name: string, champion: Figure, candidate: Figure, evaluation: EvaluateDocument): string {
  if (typeof champion !== 'number' || typeof candidate !== 'number') return 'unknown';
  const judgement = compareMetrics(name, champion, candidate, { a: null, b: evaluation.rows });
  return judgement.replace('-', ' ');
}

export function tellEvaluation(document: EvaluateDocument): Report {
  return describeEvaluation(document, judgementOf);
}

export async function evaluateModels(request: Models & { readonly seed: number }, opened: Checkout): Promise<Answer> {
  const { models, checkout } = await selectModels(request.models, opened);
  return answerForEach('model-gitops/evaluate/1', models, {
    perform: (config) => evaluateStep(config, request, checkout),
    describe: tellEvaluation,
  });
}

export async function registerModels(request: Models & RegisterOptions, opened: Checkout): Promise<Answer> {
  const { models, checkout } = await selectModels(request.models, opened);
  return answerForEach('model-gitops/register/1', models, {
    perform: (config) => registerStep(config, request, checkout),
    describe: describeRegistration,
  });
}
