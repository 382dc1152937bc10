import { engineerModels } from '@model-gitops/lifecycle';
import { modelNames } from '../names.ts';
import { openRepository } from '../open-repository.ts';
import { choiceOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

export const features: Perform = async (call) => {
  const models = modelNames(call.arguments);
  const reuse = choiceOption(call.options, 'reuse', ['auto', 'never']) ?? 'auto';
  return engineerModels({ models, reuse }, await openRepository(call));
};
