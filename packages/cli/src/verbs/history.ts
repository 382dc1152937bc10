import { answerWith, describeHistory, listHistory } from '@model-gitops/lifecycle';
import { environmentName, modelName } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import type { Perform } from '../verb.ts';

export const history: Perform = async (call) => {
  const [name = '', word] = call.arguments;
  const model = modelName(name);
  const environment = word === undefined ? null : environmentName(word);
  const checkout = await openRepository(call);
  return answerWith(
    await askRegistry(checkout, (reader) => listHistory({ model, environment }, reader)),
    describeHistory,
  );
};
