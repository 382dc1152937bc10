import { type Answer, renderJunit, renderMarkdown, renderTerminal } from '@model-gitops/lifecycle';

export const formats = ['text', 'json', 'markdown', 'junit'] as const;
export type Format = (typeof formats)[number];

/** JSON has no NaN: figures that are not finite travel as text (contracts.md). */
function jsonOf(document: unknown): string {
  const replace = (_: string, value: unknown) =>
    typeof value === 'number' && !Number.isFinite(value)
      ? String(value)
      : typeof value === 'bigint'
        ? String(value)
        : value;
  return `${JSON.stringify(document, replace, 2)}\n`;
}

/** The result of a verb as standard output has it. */
export function renderAnswer(
  { document, reports }: Answer,
  { format, colour, verb }: { readonly format: Format; readonly colour: boolean; readonly verb: string },
): string {
  switch (format) {
    case 'json':
      return jsonOf(document);
    case 'markdown':
      return renderMarkdown(reports);
    case 'junit':
      return renderJunit(verb, reports);
    case 'text':
      return renderTerminal(reports, { colour });
    default:
      return format satisfies never;
  }
}
