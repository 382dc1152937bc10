import { answerWith, describeLineage, traceLineage } from '@model-gitops/lifecycle';
import { reference } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import type { Perform } from '../verb.ts';

export const lineage: Perform = async (call) => {
  const wanted = reference(call.arguments[0] ?? '');
  const checkout = await openRepository(call);
  return answerWith(
    await askRegistry(checkout, (reader) => traceLineage({ reference: wanted }, reader)),
    describeLineage,
  );
};
