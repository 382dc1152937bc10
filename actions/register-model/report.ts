import type { Answer, RegisterDocument } from '@model-gitops/lifecycle';
import { documentsOf } from '../answer-documents.ts';
import { withNote } from '../with-note.ts';
import type { WorkflowFacts } from '../workflow-facts.ts';

function isLost(store: string | null, { isHostedRunner, isProposal }: WorkflowFacts): boolean {
  const isInWorkspace = store !== 'release' && !/^dir:([/\\]|[a-z]:)/i.test(store ?? '');
  return isHostedRunner && !isProposal && isInWorkspace;
}

/** What only the workflow knows: that nothing is registered from here, or that the runner's disk does not last. */
export function noteOf(answer: Answer, facts: WorkflowFacts, store: string | null): Answer {
  if (facts.isProposal) {
    const message = 'Nothing is registered from a pull request: this is what its merge would register.';
    return withNote(answer, 'notice', 'register-model', message);
  }
  const isCreated = documentsOf<RegisterDocument>(answer, 'model-gitops/register/1').some(({ created }) => created);
  if (!isCreated || !isLost(store, facts)) return answer;
  const message = `The bytes lie in ${store ?? 'dir:.model-gitops/artifacts'} on this runner, which is thrown away after the job. Name "release", or a folder that lasts, under "store:".`;
  return withNote(answer, 'warning', 'register-model', message);
}
