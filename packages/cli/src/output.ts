import { renderDocument } from '@model-gitops/host';
import { renderJunit, renderMarkdown, renderTerminal } from '@model-gitops/lifecycle';
import type { Format } from './format.ts';
import type { VerbAnswer } from './verb.ts';

/** The result of a verb as standard output has it. */
export function renderAnswer(
  { document, reports, text }: VerbAnswer,
  { format, colour, verb }: { readonly format: Format; readonly colour: boolean; readonly verb: string },
): string {
  switch (format) {
    case 'json':
      return renderDocument(document);
    case 'markdown':
      return renderMarkdown(reports);
    case 'junit':
      return renderJunit(verb, reports);
    case 'text':
      return text ?? renderTerminal(reports, { colour });
    default:
      return format satisfies never;
  }
}
