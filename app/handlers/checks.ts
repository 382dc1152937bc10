import { type Look, queuedPullRequest, thePullRequest, theWhole } from './look.ts';

interface Suite {
  readonly head_sha: string;
  readonly head_branch?: string | null;
  readonly pull_requests?: readonly ({ readonly number: number } | null)[];
}

function lookAtSuite({ head_sha, head_branch, pull_requests }: Suite): readonly Look[] {
  const queued = head_branch == null ? null : queuedPullRequest(head_branch);
  if (queued !== null) return [thePullRequest(queued, head_sha)];
  const named = (pull_requests ?? []).flatMap((one) => (one === null ? [] : [thePullRequest(one.number)]));
  // GitHub names none for a head in a fork
  return named.length > 0 ? named : theWhole();
}

/** Somebody pressed "Re-run" beside our check. */
export function lookAtCheckRun(event: {
  readonly check_run: {
    readonly head_sha: string;
    readonly check_suite?: { readonly head_branch?: string | null } | null;
    readonly pull_requests?: Suite['pull_requests'];
  };
}): readonly Look[] {
  const { head_sha, check_suite, pull_requests } = event.check_run;
  return lookAtSuite({ head_sha, head_branch: check_suite?.head_branch ?? null, pull_requests: pull_requests ?? [] });
}

/** Somebody pressed "Re-run all checks". */
export function lookAtCheckSuite({ check_suite }: { readonly check_suite: Suite }): readonly Look[] {
  return lookAtSuite(check_suite);
}
