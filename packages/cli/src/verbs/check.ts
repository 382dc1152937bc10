import { checkModels } from '@model-gitops/lifecycle';
import { modelNames } from '../names.ts';
import { openRepository } from '../open-repository.ts';
import { choiceOption, numberOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

export const check: Perform = async (call) => {
  const models = modelNames(call.arguments);
  const failOn = choiceOption(call.options, 'failOn', ['critical', 'warning', 'info']) ?? 'critical';
  const seed = numberOption(call.options, 'seed') ?? 0;
  return checkModels({ models, failOn, seed }, await openRepository(call));
};
