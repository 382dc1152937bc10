import { openCheckout } from '@model-gitops/checkout';
import { readTopLevel } from '@model-gitops/git';
import type { ActionDoor } from '@model-gitops/host';
import { type Checkout, ProblemError, type Writer } from '@model-gitops/lifecycle';
import { actionProblems } from './problems.ts';
import { readOnlyForge } from './read-only-forge.ts';
import type { SharedInputs } from './shared-inputs.ts';
import { parseWorkflowFacts, type WorkflowFacts } from './workflow-facts.ts';

/** The address of the file that the runner started: engines are looked for beside it. */
export interface Start {
  readonly from: string;
}

export interface Workflow {
  readonly checkout: Checkout;
  readonly facts: WorkflowFacts;
}

/** Who writes where the workflow configured nobody: GitHub shows it as its own bot. */
const bot: Writer = {
  name: 'github-actions[bot]',
  email: '41898282+github-actions[bot]@users.noreply.github.com',
};

/** The merge commit of a pull request is thrown away: what was trained is remembered by the head that was pushed. */
function atPullRequestHead(checkout: Checkout, { pullRequestHead, commit }: WorkflowFacts): Checkout {
  const isMergeCommit = pullRequestHead !== null && commit !== null && checkout.head.commit === commit;
  return isMergeCommit ? { ...checkout, head: { ...checkout.head, commit: pullRequestHead } } : checkout;
}

/** Everything may be read, nothing is written: whatever the token would allow. */
function withoutWriting(checkout: Checkout): Checkout {
  const refuse = async () => {
    throw new ProblemError(actionProblems.fork(), { kind: 'refused' });
  };
  const openWriter = async () => {
    const writer = await checkout.openWriter();
    return { ...writer, git: { ...writer.git, moveRef: refuse } };
  };
  const forge = checkout.forge === null ? null : readOnlyForge(checkout.forge, refuse);
  const store = checkout.store === null ? null : { ...checkout.store, put: refuse, seal: refuse };
  return { ...checkout, forge, store, openWriter };
}

/** Opens the repository that the workflow checked out. Problem `not-checked-out`. */
export async function openWorkflow(inputs: SharedInputs, door: ActionDoor & Start): Promise<Workflow> {
  const { folder, environment, event, onLine, from } = door;
  if ((await readTopLevel(folder)) === null) throw new ProblemError(actionProblems.notCheckedOut(folder));
  const facts = parseWorkflowFacts(environment, event);
  const opened = await openCheckout({
    folder,
    from,
    environment,
    store: inputs.store,
    token: inputs['github-token'],
    defaultBranch: facts.defaultBranch,
    identity: bot,
    workflowRun: facts.workflowRun,
    onLine,
  });
  const checkout = atPullRequestHead(opened, facts);
  return { checkout: facts.isFork ? withoutWriting(checkout) : checkout, facts };
}
