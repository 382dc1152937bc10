import { configProblems } from '../config/problems.ts';
import { nearestName } from '../nearest-name.ts';
import type { Problem } from '../problem.ts';

/** What keeps steps from following one another, in one table. */
export const pipelineProblems = {
  unknownModel: (name: string, known: readonly string[]): Problem => {
    const nearest = nearestName(name, known);
    return {
      code: 'model-unknown',
      message: `There is no model ${JSON.stringify(name.slice(0, 64))} in this repository${nearest === undefined ? '' : `; did you mean "${nearest}"`}${nearest === undefined ? '.' : '?'}`,
      remedy: known.length === 0 ? 'Write models/<name>/model.yaml.' : `Models here: ${known.slice(0, 20).join(', ')}.`,
    };
  },
  noModels: configProblems.noModels,
  notEvaluated: (model: string): Problem => ({
    code: 'not-evaluated',
    message: `${model} has gates, and no evaluation in .model-gitops/${model}/evaluation.json that they could be judged on.`,
    remedy: `Run "evaluate ${model}" (action evaluate-model) before registering.`,
  }),
  notTrained: (model: string): Problem => ({
    code: 'not-trained',
    message: `${model} has no run in .model-gitops/${model}/run.json: nothing was trained that could be registered.`,
    remedy: `Run "train ${model}" (action train-model) first.`,
  }),
  noForge: (): Problem => ({
    code: 'forge-missing',
    message: 'No forge can be asked from here, so there are no pull requests to reconcile with.',
    remedy:
      'In a workflow give the step "github-token:"; elsewhere set GITHUB_TOKEN, in a clone whose "origin" is a repository on GitHub.',
  }),
  nothingToTrain: (models: readonly string[]): Problem => ({
    code: 'nothing-to-train',
    message: `${models.join(', ')} name an existing file under "model:" and no "train:".`,
    remedy: 'Leave this step out, or declare "train: { run: … }" in model.yaml.',
  }),
  staleRun: (model: string, id: string): Problem => ({
    code: 'run-stale',
    message: `${id} of ${model} was trained from other code, locks, parameters, data or features than those that are here now.`,
    remedy: 'Train and evaluate again, then register.',
  }),
  staleEvaluation: (model: string, why: string): Problem => ({
    code: 'evaluation-stale',
    message: `.model-gitops/${model}/evaluation.json ${why}.`,
    remedy: `Run "evaluate ${model}" (action evaluate-model) again, then register.`,
    file: `.model-gitops/${model}/evaluation.json`,
  }),
  allArchived: (model: string): Problem => ({
    code: 'version-none',
    message: `Every version of ${model} is archived.`,
    remedy: 'Register a new version.',
  }),
  changedModel: (path: string, expected: string, found: string | null): Problem => ({
    code: 'model-changed',
    message: `${path} has sha256 ${found ?? 'nothing'}, the run wrote ${expected}.`,
    remedy: 'Train again; a model must be the very bytes that were evaluated.',
  }),
  elsewhere: (branch: string, defaultBranch: string): Problem => ({
    code: 'not-the-default-branch',
    message: `This runs on ${branch}; versions are registered from ${defaultBranch}, whose code has been reviewed.`,
    remedy: `Add "if: github.ref_name == github.event.repository.default_branch && github.event_name != 'pull_request'" to the step.`,
  }),
};
