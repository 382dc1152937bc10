import { createHash } from 'node:crypto';
import type { Environment } from './read-inputs.ts';

/** Keeps a report beside the workflow run. */
export interface ReportStore {
  /** Rejects where it cannot be kept; the caller makes that a warning. */
  keep(name: string, files: readonly string[], folder: string): Promise<void>;
}

/** The artifacts of a workflow run. The client is loaded with the first report. */
export function workflowArtifacts(): ReportStore {
  return {
    async keep(name, files, folder) {
      const { DefaultArtifactClient } = await import('@actions/artifact');
      await new DefaultArtifactClient().uploadArtifact(name, [...files], folder);
    },
  };
}

/** Whether there is a run to keep artifacts beside: the runner gives JavaScript actions a token for it. */
export function hasWorkflowArtifacts(environment: Environment): boolean {
  return Boolean(environment.ACTIONS_RUNTIME_TOKEN && environment.ACTIONS_RESULTS_URL);
}

/** A run refuses a second artifact of one name: jobs of a matrix and repeated steps get their own. */
export function artifactName(action: string, text: string, environment: Environment): string {
  const { GITHUB_JOB = 'job', GITHUB_ACTION = '', GITHUB_RUN_ATTEMPT = '1', RUNNER_NAME = '' } = environment;
  const digest = createHash('sha256')
    .update([GITHUB_ACTION, GITHUB_RUN_ATTEMPT, RUNNER_NAME, text].join('\n'))
    .digest('hex');
  return `model-gitops-${action}-${GITHUB_JOB.replace(/[^\w-]/g, '-')}-${digest.slice(0, 8)}`;
}
