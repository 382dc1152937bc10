import { trainModels } from '@model-gitops/lifecycle';
import { modelNames } from '../names.ts';
import { openRepository } from '../open-repository.ts';
import { choiceOption, numberOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

export const train: Perform = async (call) => {
  const models = modelNames(call.arguments);
  const reuse = choiceOption(call.options, 'reuse', ['auto', 'never']) ?? null;
  const seed = numberOption(call.options, 'seed') ?? null;
  return trainModels({ models, reuse, seed }, await openRepository(call));
};
