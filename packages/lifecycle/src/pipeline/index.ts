export { type Answer, answerWith, answerWithProblem, joinAnswers, type ProblemDocument } from './answer.ts';
export { type ChangeModelsRequest, changeModels } from './change-models.ts';
export { archiveStep, type ChangeOptions, promoteStep, rollbackStep } from './change-steps.ts';
export { type CheckRequest, checkModels } from './check-models.ts';
export type { Checkout } from './checkout.ts';
export { filesOfCommit } from './default-branch-files.ts';
export {
  engineerModels,
  evaluateModels,
  registerModels,
  tellEvaluation,
  trainModels,
  validateModels,
} from './model-steps.ts';
export { pipelineProblems } from './problems.ts';
export { reconcileStep } from './reconcile-step.ts';
export { type Files, type RegisterFileRequest, registerFile } from './register-file.ts';
export { type Selection, selectModels } from './select-models.ts';
