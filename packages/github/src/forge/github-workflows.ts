import { ProblemError, type Workflows } from '@model-gitops/lifecycle';
import type { ForgeClient } from '../octokit/forge-client.ts';
import { failureOf } from '../octokit/forge-failure.ts';
import { forgeProblems } from '../problems.ts';

/** GitHub's words for a file that is not there, or does not listen. */
function isMissing(thrown: unknown): boolean {
  const failure = failureOf(thrown);
  if (failure?.kind === 'not-found') return true;
  return failure?.messages.some((text) => /workflow_dispatch|no ref found/i.test(text)) === true;
}

/** A dispatch leaves nothing behind that could be looked for at once: one whose answer was lost is told, not repeated. */
export function githubWorkflows(client: ForgeClient): Workflows {
  return {
    async dispatch({ workflow, branch, inputs }) {
      const route = 'POST /repos/{owner}/{repo}/actions/workflows/{workflow_id}/dispatches';
      try {
        await client.request(route, { workflow_id: workflow, ref: branch, inputs }, { needs: 'actions: write' });
      } catch (thrown) {
        if (!isMissing(thrown)) throw thrown;
        const words = failureOf(thrown)?.messages.join(' / ') ?? '';
        throw new ProblemError(forgeProblems.workflowMissing(workflow, branch, words), { cause: thrown });
      }
    },
  };
}
