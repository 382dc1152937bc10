import { parseModelName } from '@model-gitops/registry';
import { ProblemError } from '../problem.ts';
import { readRegistry } from '../registry/index.ts';
import { valid } from '../registry/problems.ts';
import { stateOf } from '../registry/promote-model.ts';
import { describeChanges } from '../texts/describe-changes.ts';
import { type Answer, answerForEach } from './answer.ts';
import { archiveStep, promoteStep, rollbackStep } from './change-steps.ts';
import type { Checkout } from './checkout.ts';
import { pipelineProblems } from './problems.ts';
import { selectModels } from './select-models.ts';

export interface ChangeModelsRequest {
  /** Names, which need no model.yaml here; `all` are those that have one. */
  readonly models: readonly string[];
  readonly operation: 'promote' | 'rollback' | 'archive';
  /** null: of each model the newest that is not archived. A rollback chooses by itself. */
  readonly version: string | null;
  /** null where an archive is asked for. */
  readonly environment: string | null;
  readonly requestedBy: string | null;
  readonly dryRun: boolean;
}

async function namesOf(models: readonly string[], checkout: Checkout): Promise<readonly string[]> {
  if (models.length > 0 && !models.includes('all')) return models;
  const selection = await selectModels(models, checkout);
  return selection.models.map(({ name }) => name);
}

async function newestVersion(model: string, checkout: Checkout): Promise<string> {
  const name = valid(parseModelName(model));
  const { versions } = stateOf(await readRegistry(await checkout.openWriter()), name);
  const newest = versions.findLast(({ state }) => state === 'live');
  if (newest === undefined) throw new ProblemError(pipelineProblems.allArchived(model));
  return newest.version;
}

/** Promotes, rolls back or archives a version of each model that was asked for. */
export async function changeModels(request: ChangeModelsRequest, checkout: Checkout): Promise<Answer> {
  const { operation, environment, requestedBy, dryRun } = request;
  const subjects = (await namesOf(request.models, checkout)).map((name) => ({ name }));
  return answerForEach(`model-gitops/${operation}/1`, subjects, {
    async perform({ name: model }) {
      const options = { model, requestedBy, dryRun, environment: environment ?? '' };
      if (operation === 'rollback') return rollbackStep(options, checkout);
      const version = request.version ?? (await newestVersion(model, checkout));
      return operation === 'archive'
        ? archiveStep({ ...options, version }, checkout)
        : promoteStep({ ...options, version }, checkout);
    },
    describe: describeChanges,
  });
}
