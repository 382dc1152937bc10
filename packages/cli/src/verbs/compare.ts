import { answerWith, compareMetrics, compareVersions, describeComparison } from '@model-gitops/lifecycle';
import { reference } from '../names.ts';
import { askRegistry, openRepository } from '../open-repository.ts';
import type { Perform } from '../verb.ts';

export const compare: Perform = async (call) => {
  const [one = '', other = ''] = call.arguments;
  const request = { a: reference(one), b: reference(other) };
  const checkout = await openRepository(call);
  const document = await askRegistry(checkout, (reader) =>
    compareVersions(request, { ...reader, compareMetric: compareMetrics }),
  );
  return answerWith(document, describeComparison);
};
