import { ProblemError } from '../problem.ts';
import type { Errand, ReconcileDocument } from '../reconcile/index.ts';
import { readRegistryFolder, runErrand } from '../reconcile/index.ts';
import type { Checkout } from './checkout.ts';
import { pipelineProblems } from './problems.ts';

/** What the app does on a webhook, from a checkout. Problem `forge-missing`. */
export async function reconcileStep(
  { errand, dryRun }: { readonly errand: Errand; readonly dryRun: boolean },
  checkout: Checkout,
): Promise<ReconcileDocument> {
  const { forge, repositoryUrl, store } = checkout;
  if (forge === null) throw new ProblemError(pipelineProblems.noForge());
  const { git, defaultBranch, host, identity } = await checkout.openWriter();
  const folder = await readRegistryFolder(git, defaultBranch);
  return runErrand(errand, { dryRun }, { git, folder, defaultBranch, host, identity, forge, repositoryUrl, store });
}
