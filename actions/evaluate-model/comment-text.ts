import { type Answer, type Block, renderMarkdown, renderMarkdownBlocks } from '@model-gitops/lifecycle';
import type { WorkflowFacts } from '../workflow-facts.ts';
import { type Marker, renderMarker } from './sticky-comment.ts';

/** GitHub takes 65 536 characters. */
const mostCharacters = 60_000;

function footer({ repositoryUrl, workflowRun }: WorkflowFacts, { head, run }: Marker): Block {
  const id = workflowRun?.split('/').at(-1);
  const page = repositoryUrl === null || id === undefined ? null : `${repositoryUrl}/actions/runs/${id}`;
  const name = `Run ${run}`;
  const commit = head === null ? [] : [' of ', { code: head.slice(0, 12) }];
  return { kind: 'paragraph', text: [page === null ? name : { link: page, text: name }, ...commit] };
}

/** The text of the job summary, below the marker and above the run that it is of. */
export function renderComment(answer: Answer, marker: Marker, facts: WorkflowFacts): string {
  const [end = ''] = renderMarkdownBlocks([footer(facts, marker)]);
  const first = renderMarker(marker);
  const text = renderMarkdown(answer.reports, mostCharacters - first.length - end.length - 10);
  return `${first}\n${text}\n${end}\n`;
}
