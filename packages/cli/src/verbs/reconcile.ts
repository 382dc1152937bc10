import { answerWith, describeReconciliation, reconcileStep } from '@model-gitops/lifecycle';
import { openRepository } from '../open-repository.ts';
import { flagOption } from '../read-options.ts';
import type { Perform } from '../verb.ts';

/** What the app does on its hourly sweep, once. */
export const reconcile: Perform = async (call) => {
  const dryRun = flagOption(call.options, 'dryRun');
  const checkout = await openRepository(call);
  return answerWith(await reconcileStep({ errand: { kind: 'repository' }, dryRun }, checkout), describeReconciliation);
};
