import { z } from 'zod';

/** What an action must know of the workflow run that it is part of. */
export interface WorkflowFacts {
  /** null where the event does not say. */
  readonly defaultBranch: string | null;
  /** The branch that the workflow runs on; null for a tag and for a pull request. */
  readonly branch: string | null;
  /** Something that is not merged yet: a pull request, or an entry of the merge queue. */
  readonly isProposal: boolean;
  /** The head commit of the pull request. What is checked out is a merge commit that GitHub throws away. */
  readonly pullRequestHead: string | null;
  /** The code is another repository's, whose runs must write nothing here. */
  readonly isFork: boolean;
  /** The commit that GitHub made the run for. */
  readonly commit: string | null;
  /** The login of who asked for the run; null for a schedule. */
  readonly requestedBy: string | null;
  /** `<owner>/<repository>/actions/runs/<id>` */
  readonly workflowRun: string | null;
  /** `https://github.com/<owner>/<repository>` */
  readonly repositoryUrl: string | null;
  /** Its disk is thrown away after the job. */
  readonly isHostedRunner: boolean;
}

const repository = z.object({ full_name: z.string() });

/** The fields that we use of a webhook payload, as GitHub documents them. */
const Event = z.object({
  repository: z.object({ full_name: z.string().optional(), default_branch: z.string().optional() }).optional(),
  sender: z.object({ login: z.string() }).optional(),
  pull_request: z.object({ head: z.object({ sha: z.string(), repo: repository.nullish() }) }).optional(),
  workflow_run: z.object({ head_repository: repository.nullish() }).optional(),
});
type Event = z.infer<typeof Event>;

const proposals = ['pull_request', 'pull_request_target', 'pull_request_review', 'merge_group'];

/** A head whose repository is unknown counts as a fork's: GitHub leaves it out when the fork was deleted. */
function isForeign(head: { readonly full_name: string } | null | undefined, home: string | undefined): boolean {
  return head == null || head.full_name !== home;
}

function isFork({ pull_request, workflow_run, repository: home }: Event): boolean {
  if (pull_request !== undefined) return isForeign(pull_request.head.repo, home?.full_name);
  return workflow_run !== undefined && isForeign(workflow_run.head_repository, home?.full_name);
}

/** The variables of the runner that we read. Set but empty is as good as missing. */
function variablesOf(environment: Readonly<Record<string, string | undefined>>) {
  return (name: string): string | null => environment[name] || null;
}

/** Reads the runner's variables and the payload of the event. What is missing is null, never guessed. */
export function parseWorkflowFacts(
  environment: Readonly<Record<string, string | undefined>>,
  payload: unknown,
): WorkflowFacts {
  const parsed = Event.safeParse(payload);
  const event: Event = parsed.success ? parsed.data : {};
  const variable = variablesOf(environment);
  const eventName = variable('GITHUB_EVENT_NAME') ?? '';
  const isProposal = proposals.includes(eventName) || event.pull_request !== undefined;
  const name = variable('GITHUB_REPOSITORY');
  const runId = variable('GITHUB_RUN_ID');
  const isBranch = (variable('GITHUB_REF') ?? '').startsWith('refs/heads/');
  return {
    defaultBranch: event.repository?.default_branch ?? null,
    branch: isBranch && !isProposal ? variable('GITHUB_REF_NAME') : null,
    isProposal,
    pullRequestHead: event.pull_request?.head.sha ?? null,
    isFork: isFork(event) || (isProposal && !parsed.success),
    commit: variable('GITHUB_SHA'),
    requestedBy: eventName === 'schedule' ? null : (event.sender?.login ?? variable('GITHUB_ACTOR')),
    workflowRun: name === null || runId === null ? null : `${name}/actions/runs/${runId}`,
    repositoryUrl: name === null ? null : `${variable('GITHUB_SERVER_URL') ?? 'https://github.com'}/${name}`,
    isHostedRunner: variable('RUNNER_ENVIRONMENT') === 'github-hosted',
  };
}
