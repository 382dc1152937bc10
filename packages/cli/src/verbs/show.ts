import { answerWith, describeVersion, showModel } from '@model-gitops/lifecycle';
import { reference } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import type { Perform } from '../verb.ts';

export const show: Perform = async (call) => {
  const wanted = reference(call.arguments[0] ?? '');
  const checkout = await openRepository(call);
  return answerWith(await askRegistry(checkout, (reader) => showModel({ reference: wanted }, reader)), describeVersion);
};
