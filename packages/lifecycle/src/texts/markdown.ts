import { type Block, type Inline, type Mark, placeText, type Report, type Sentence } from './report.ts';

const marks: Readonly<Record<Mark, string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
  'not-applicable': '➖',
  warning: '⚠️',
};

/** Rows of a table that everybody sees, and of one that was unfolded. */
const shownRows = { open: 25, folded: 200 } as const;
type Depth = keyof typeof shownRows;

/** Text that a person, a model or data wrote: no markup, no mention, no link, no HTML, no line break. */
export function escapeMarkdown(text: string): string {
  return (
    text
      .replace(/\s*[\r\n\t]+\s*/g, ' ')
      .replace(/[\p{Cc}\p{Cf}]/gu, '')
      .replace(/[&<>]/g, (sign) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;' })[sign] ?? '')
      .replace(/[\\`*_{}[\]|~$]/g, '\\$&')
      .replace(/^(\s*\d*)([#>+.)-])(?=\s)/, '$1\\$2')
      // a name is not a call: nobody is mentioned by data, no number becomes a link, no address either
      .replace(/@(?=\w)/g, '@\u2060')
      .replace(/#(?=\d)/g, '#\u2060')
      .replace(/(https?|ftp):\/\//gi, '$1:\u2060//')
      .replace(/www\./gi, 'www\u2060.')
  );
}

/** A code span whose fence is longer than any run of backticks inside; a pipe would end a table's cell. */
function codeSpan(text: string): string {
  const line = text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ').replaceAll('|', '\\|');
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  const pad = longest > 0 || line.startsWith(' ') ? ' ' : '';
  return line === '' ? '' : `${fence}${pad}${line}${pad}${fence}`;
}

function renderInline(inline: Inline): string {
  if (typeof inline === 'string') return escapeMarkdown(inline);
  if ('code' in inline) return codeSpan(inline.code);
  if ('strong' in inline) return `**${escapeMarkdown(inline.strong)}**`;
  if ('mark' in inline) return marks[inline.mark];
  return codeSpan(placeText(inline.place));
}

function isList(sentence: Sentence): sentence is readonly Inline[] {
  return Array.isArray(sentence);
}

function edgeSpaces(rendered: string, inline: Inline): string {
  if (typeof inline !== 'string') return rendered;
  const [start = ''] = /^ */.exec(inline) ?? [];
  return `${start}${rendered.trimStart()}`;
}

function renderSentence(sentence: Sentence): string {
  const parts = isList(sentence) ? sentence : [sentence];
  return parts.map((part) => edgeSpaces(renderInline(part), part)).join('');
}

function renderTable({ columns, rows }: Extract<Block, { kind: 'table' }>, depth: Depth): string {
  const limit = shownRows[depth];
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
  const shown = rows.slice(0, limit).map((row) => line(row.map(renderSentence)));
  const head = line(columns.map(({ title }) => escapeMarkdown(title)));
  const rule = `|${columns.map(({ align }) => (align === 'right' ? '--:' : ':--')).join('|')}|`;
  const rest = rows.length > limit ? `\n\nand ${rows.length - limit} more, in the document` : '';
  return `${[head, rule, ...shown].join('\n')}${rest}`;
}

function renderCode(text: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = '`'.repeat(longest + 1);
  return `${fence}text\n${text.replace(/\n+$/, '')}\n${fence}`;
}

function renderBlock(block: Block, depth: Depth): string {
  switch (block.kind) {
    case 'paragraph':
      return renderSentence(block.text);
    case 'list':
      return block.items.map((item) => `- ${renderSentence(item)}`).join('\n');
    case 'table':
      return renderTable(block, depth);
    case 'code':
      return renderCode(block.text);
    case 'details':
      return `<details><summary>${escapeMarkdown(block.title)}</summary>\n\n${renderFolded(block.blocks)}\n\n</details>`;
    default:
      return block satisfies never;
  }
}

function renderFolded(blocks: readonly Block[]): string {
  return blocks.map((block) => renderBlock(block, 'folded')).join('\n\n');
}

/** GitHub Markdown of reports: job summaries and comments. At most `budget` characters: what does not fit is cut at a block, and said. */
export function renderMarkdown(reports: readonly Report[], budget = 900_000): string {
  const blocks = reports.flatMap(({ headline, blocks: rest }) => [
    `### ${renderSentence(headline)}`,
    ...rest.map((block) => renderBlock(block, 'open')),
  ]);
  const kept: string[] = [];
  let size = 0;
  for (const block of blocks) {
    size += block.length + 2;
    if (size > budget - 100) {
      kept.push('_Cut here: the rest is in the document that the step wrote._');
      break;
    }
    kept.push(block);
  }
  return `${kept.join('\n\n')}\n`;
}
