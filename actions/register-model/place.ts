import { type Checkout, ProblemError, pipelineProblems } from '@model-gitops/lifecycle';
import type { WorkflowFacts } from '../workflow-facts.ts';

/**
 * Versions are registered from the default branch alone. On a pull request it is only told what would be registered,
 * so that a forgotten `if:` fails nobody's checks. Problem `not-the-default-branch` on any other branch or tag.
 */
export function judgePlace(
  { isProposal, branch }: WorkflowFacts,
  head: Pick<Checkout['head'], 'branch' | 'defaultBranch'>,
  isDryRunAsked: boolean,
): 'register' | 'dry-run' {
  if (isProposal || isDryRunAsked) return 'dry-run';
  const here = branch ?? head.branch;
  if (here === head.defaultBranch) return 'register';
  throw new ProblemError(pipelineProblems.elsewhere(here ?? 'a tag or a single commit', head.defaultBranch));
}
