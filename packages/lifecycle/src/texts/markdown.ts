import { type Block, type Inline, type Mark, placeText, type Report, type Sentence } from './report.ts';

const marks: Readonly<Record<Mark, string>> = {
  pass: '✅',
  fail: '❌',
  inconclusive: '❔',
  'not-applicable': '➖',
  warning: '⚠️',
  waiting: '⏳',
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
      .replace(/^(\s*\d*)([#>+.)=-])(?=[\s=-]|$)/, '$1\\$2')
      // a name is not a call: nobody is mentioned by data, no number becomes a link, no address either
      .replace(/@(?=\w)/g, '@\u2060')
      .replace(/#(?=\d)/g, '#\u2060')
      .replace(/\bGH-(?=\d)/gi, (start) => `${start}\u2060`)
      .replace(/(https?|ftp):\/\//gi, '$1:\u2060//')
      .replace(/www\./gi, 'www\u2060.')
  );
}

/** Code keeps its signs as they are, so what looks like a hidden marker of ours is taken apart: bodies and comments are found by those. */
function withoutMarkers(code: string): string {
  return code.replaceAll('<!--', '<!\u2060--');
}

/** A code span whose fence is longer than any run of backticks inside; a pipe would end a table's cell. */
function codeSpan(text: string): string {
  // a backslash before the pipe would take the escape away from it
  const line = withoutMarkers(text.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')).replace(/(\\*)\|/g, '$1$1\\|');
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
  if ('link' in inline) return renderLink(inline.link, inline.text);
  return codeSpan(placeText(inline.place));
}

/** An address that ends where it should: what could close the link or the cell is written by number. */
function renderLink(address: string, text: string): string {
  if (!/^https?:\/\/[\w.-]+(:\d+)?(\/|$)/i.test(address)) return escapeMarkdown(text);
  const written = address.replace(/[^\w\-.~:/?#@!$&'+,;=%]/gu, (sign) => {
    const points = [...new TextEncoder().encode(sign)];
    return points.map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join('');
  });
  return `[${escapeMarkdown(text)}](${written.replaceAll('&', '&amp;')})`;
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
  return `${fence}text\n${withoutMarkers(text.replace(/\n+$/, ''))}\n${fence}`;
}

/** Characters that a label of Mermaid may hold as they are; the others go by number, as its own escapes do. */
function diagramLabel(lines: readonly string[]): string {
  const safe = lines.map((line) =>
    line
      .replace(/[\p{Cc}\p{Cf}\p{Cs}]/gu, '')
      .replace(/[^\p{L}\p{N} .,:/+_()-]/gu, (sign) => `#${sign.codePointAt(0)};`),
  );
  return `"${safe.join('<br/>')}"`;
}

function renderDiagram({ boxes, arrows }: Extract<Block, { kind: 'diagram' }>): string {
  const box = (lines: readonly string[], index: number) => `    box${index}[${diagramLabel(lines)}]`;
  const arrow = ({ from, to, label }: (typeof arrows)[number]) =>
    `    box${from} ${label === undefined ? '-->' : `-.->|${diagramLabel([label])}|`} box${to}`;
  return ['```mermaid', 'flowchart LR', ...boxes.map(box), ...arrows.map(arrow), '```'].join('\n');
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
    case 'diagram':
      return renderDiagram(block);
    case 'details':
      return `<details><summary>${escapeMarkdown(block.title)}</summary>\n\n${renderFolded(block.blocks)}\n\n</details>`;
    default:
      return block satisfies never;
  }
}

function renderFolded(blocks: readonly Block[]): string {
  return blocks.map((block) => renderBlock(block, 'folded')).join('\n\n');
}

/** Blocks without a headline: bodies and comments that begin with a sentence. */
export function renderMarkdownBlocks(blocks: readonly Block[]): readonly string[] {
  return blocks.map((block) => renderBlock(block, 'open'));
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
