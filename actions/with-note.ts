import type { Annotation, Answer } from '@model-gitops/lifecycle';

/** The answer with a sentence that the workflow makes necessary, first below the verdict. */
export function withNote(answer: Answer, level: Annotation['level'], title: string, message: string): Answer {
  const [first, ...rest] = answer.reports;
  if (first === undefined) return answer;
  const mark = level === 'notice' ? [] : [{ mark: 'warning' } as const, ' '];
  const told = {
    ...first,
    blocks: [{ kind: 'paragraph', text: [...mark, message] } as const, ...first.blocks],
    annotations: [...first.annotations, { level, title, message }],
  };
  return { ...answer, reports: [told, ...rest] };
}
