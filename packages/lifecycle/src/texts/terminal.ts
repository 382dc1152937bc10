import { type Block, type Inline, type Mark, placeText, type Report, type Sentence } from './report.ts';

export interface TerminalStyle {
  readonly colour: boolean;
}

const signs: Readonly<Record<Mark, string>> = {
  pass: '✓',
  fail: '✗',
  inconclusive: '?',
  'not-applicable': '–',
  warning: '!',
  waiting: '…',
};
const colours: Readonly<Record<Mark, number>> = {
  pass: 32,
  fail: 31,
  inconclusive: 33,
  'not-applicable': 90,
  warning: 33,
  waiting: 33,
};

/** Text from elsewhere must not move the cursor, change colours or reorder what is read. */
export function escapeTerminal(text: string): string {
  return text.replace(/\s*[\r\n\t]+\s*/g, ' ').replace(/[\p{Cc}\p{Cf}]/gu, '\ufffd');
}

interface Piece {
  readonly text: string;
  readonly sgr: number | null;
}

function pieceOf(inline: Inline): Piece {
  if (typeof inline === 'string') return { text: escapeTerminal(inline), sgr: null };
  if ('code' in inline) return { text: escapeTerminal(inline.code), sgr: null };
  if ('strong' in inline) return { text: escapeTerminal(inline.strong), sgr: 1 };
  if ('mark' in inline) return { text: signs[inline.mark], sgr: colours[inline.mark] };
  if ('link' in inline) return { text: escapeTerminal(inline.text), sgr: null };
  return { text: escapeTerminal(placeText(inline.place)), sgr: 36 };
}

function piecesOf(sentence: Sentence): readonly Piece[] {
  return (Array.isArray(sentence) ? (sentence as readonly Inline[]) : [sentence as Inline]).map(pieceOf);
}

function renderSentence(sentence: Sentence, { colour }: TerminalStyle): string {
  return piecesOf(sentence)
    .map(({ text, sgr }) => (colour && sgr !== null ? `\u001b[${sgr}m${text}\u001b[0m` : text))
    .join('');
}

/** Columns that a text takes: characters of East Asia and pictures take two, combining ones none. */
function widthOf(sentence: Sentence): number {
  let width = 0;
  for (const { text } of piecesOf(sentence)) {
    for (const character of text) {
      const isWide =
        /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]|\p{Emoji_Presentation}/u;
      width += /\p{Mark}/u.test(character) ? 0 : isWide.test(character) ? 2 : 1;
    }
  }
  return width;
}

function renderTable({ columns, rows }: Extract<Block, { kind: 'table' }>, style: TerminalStyle): string[] {
  const head = columns.map(({ title }) => title);
  const hasHead = head.some((title) => title !== '');
  const all: readonly (readonly Sentence[])[] = hasHead ? [head, ...rows] : rows;
  const widths = columns.map((_, index) => Math.max(...all.map((row) => widthOf(row[index] ?? '')), 0));
  return all.map((row, line) => {
    const cells = columns.map(({ align }, index) => {
      const cell = row[index] ?? '';
      const gap = ' '.repeat((widths[index] ?? 0) - widthOf(cell));
      const text = renderSentence(hasHead && line === 0 && style.colour ? { strong: head[index] ?? '' } : cell, style);
      return align === 'right' ? `${gap}${text}` : `${text}${gap}`;
    });
    return `  ${cells.join('  ')}`.trimEnd();
  });
}

function renderBlock(block: Block, style: TerminalStyle): string[] {
  switch (block.kind) {
    case 'paragraph':
      return [renderSentence(block.text, style)];
    case 'list':
      return block.items.map((item) => `  ${renderSentence(item, style)}`);
    case 'table':
      return renderTable(block, style);
    case 'code':
      return block.text.split('\n').map((line) => `    ${escapeTerminal(line)}`);
    // the table beside it says the same
    case 'diagram':
      return [];
    case 'details':
      return ['', renderSentence({ strong: block.title }, style), ...renderBlocks(block.blocks, style)];
    default:
      return block satisfies never;
  }
}

function renderBlocks(blocks: readonly Block[], style: TerminalStyle): string[] {
  return blocks.flatMap((block) => renderBlock(block, style));
}

/** What a terminal shows: aligned tables, colour only where it is wanted. */
export function renderTerminal(reports: readonly Report[], style: TerminalStyle): string {
  const texts = reports.map(({ headline, blocks }) =>
    [renderSentence(headline, style), ...renderBlocks(blocks, style)].join('\n').replace(/\n+$/, ''),
  );
  return `${texts.join('\n\n')}\n`;
}
