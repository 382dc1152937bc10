import { answerAt, answerWith, describeAt, parseTime } from '@model-gitops/lifecycle';
import { askRegistry, openRepository } from '../open-repository.ts';
import type { Perform } from '../verb.ts';

export const at: Perform = async (call) => {
  const time = parseTime(call.arguments[0] ?? '');
  const checkout = await openRepository(call);
  return answerWith(await askRegistry(checkout, (reader) => answerAt({ time }, reader)), describeAt);
};
