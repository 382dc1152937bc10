import type { Answer, ChangesDocument } from '@model-gitops/lifecycle';
import { withNote } from '../with-note.ts';
import type { WorkflowFacts } from '../workflow-facts.ts';
import { branchOf, changesOf } from './outputs.ts';

/** The page on which a pull request for a branch is opened. */
function comparePage(repositoryUrl: string, defaultBranch: string, branch: string): string {
  return `${repositoryUrl}/compare/${defaultBranch}...${branch}?expand=1`;
}

function pagesOf(documents: readonly ChangesDocument[], url: string, defaultBranch: string): readonly string[] {
  return documents.flatMap((document) => {
    const branch = branchOf(document);
    return document.applied && branch !== null ? [comparePage(url, defaultBranch, branch)] : [];
  });
}

/** What only the workflow knows: that nothing is written from here, or where the pull request is opened. */
export function noteOf(answer: Answer, facts: WorkflowFacts, defaultBranch: string): Answer {
  if (facts.isProposal) {
    const message = 'Nothing is promoted from a pull request: this is what would be done after its merge.';
    return withNote(answer, 'notice', 'promote-model', message);
  }
  const pages = facts.repositoryUrl === null ? [] : pagesOf(changesOf(answer), facts.repositoryUrl, defaultBranch);
  const [first, ...rest] = answer.reports;
  if (pages.length === 0 || first === undefined) return answer;
  const blocks = [
    ...first.blocks,
    { kind: 'paragraph', text: 'Or open the pull request here:' } as const,
    { kind: 'code', text: pages.join('\n') } as const,
  ];
  return { ...answer, reports: [{ ...first, blocks }, ...rest] };
}
