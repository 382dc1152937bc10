import { renderDocument } from '@model-gitops/host';
import { type Report, renderJunit, renderMarkdown, renderTerminal } from '@model-gitops/lifecycle';
import type { Format } from './format.ts';
import type { VerbAnswer } from './verb.ts';

type Block = Report['blocks'][number];

/** What Markdown folds away is one line in a terminal, until somebody asks for it. */
function folded(block: Block): Block {
  return block.kind === 'details' ? { kind: 'paragraph', text: ['▸ ', block.title, ' (--details)'] } : block;
}

/** Two tables in a row would read as one. */
function apart(blocks: readonly Block[]): readonly Block[] {
  return blocks.flatMap((block, index) => {
    const isBelowTable = block.kind === 'table' && blocks[index - 1]?.kind === 'table';
    return isBelowTable ? [{ kind: 'paragraph', text: '' } as const, block] : [block];
  });
}

/** Reports as a terminal shows them. */
function arranged(reports: readonly Report[], details: boolean): readonly Report[] {
  return reports.map((report) => ({ ...report, blocks: apart(details ? report.blocks : report.blocks.map(folded)) }));
}

interface Style {
  readonly format: Format;
  readonly colour: boolean;
  readonly verb: string;
  /** Nothing is folded in a terminal. */
  readonly details: boolean;
}

/** The result of a verb as standard output has it. */
export function renderAnswer(
  { document, reports, text }: VerbAnswer,
  { format, colour, verb, details }: Style,
): string {
  switch (format) {
    case 'json':
      return renderDocument(document);
    case 'markdown':
      return renderMarkdown(reports);
    case 'junit':
      return renderJunit(verb, reports);
    case 'text':
      return text ?? renderTerminal(arranged(reports, details), { colour });
    default:
      return format satisfies never;
  }
}
