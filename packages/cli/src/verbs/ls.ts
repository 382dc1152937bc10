import { answerWith, describeList, listModels } from '@model-gitops/lifecycle';
import { modelName } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import type { Perform } from '../verb.ts';

export const ls: Perform = async (call) => {
  const [word] = call.arguments;
  const model = word === undefined ? null : modelName(word);
  const document = await askRegistry(await openRepository(call), (reader) => listModels({ model }, reader));
  return answerWith(document, (listed) => describeList(listed, model));
};
