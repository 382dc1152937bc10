import type { PromotionView } from '../reconcile/types.ts';
import { describePromotion, type RankedBlock } from './describe-promotion.ts';
import { renderMarkdownBlocks } from './markdown.ts';

/** What a forge takes is a little more; the rest is for what people write. */
const bodyLimit = 60_000;
const endMarker = '<!-- model-gitops:end -->';
const cutNote = '_Cut here: the rest is in the record of the version (`model-gitops show`)._';

interface Written {
  readonly rank: number;
  readonly text: string;
}

const sizeOf = (texts: readonly Written[]) => texts.reduce((size, { text }) => size + text.length + 2, 0);

/** Whole blocks go, those that matter least first: half a table or half a character says something else. */
function fitting(texts: readonly Written[], limit: number): readonly string[] {
  let kept = texts;
  while (sizeOf(kept) > limit) {
    const least = Math.max(...kept.map(({ rank }) => rank));
    if (least === 0) break;
    const last = kept.findLastIndex(({ rank }) => rank === least);
    kept = kept.filter((_, index) => index !== last);
  }
  const note = kept.length < texts.length ? [cutNote] : [];
  return [...kept.map(({ text }) => text), ...note];
}

function written(blocks: readonly RankedBlock[]): readonly Written[] {
  const texts = renderMarkdownBlocks(blocks.map(({ block }) => block));
  return blocks.map(({ rank }, index) => ({ rank, text: texts[index] ?? '' }));
}

function keyOf({ target }: PromotionView): string {
  return `${target.model}/${target.environment}`;
}

/** Our part of a promotion's body, between its markers. It changes when what it says does, never with the time alone. */
export function renderPromotion(view: PromotionView, limit = bodyLimit): string {
  const begin = `<!-- model-gitops:begin promotion key=${keyOf(view)} version=${view.candidate.version} v=1 -->`;
  const room = limit - begin.length - endMarker.length - cutNote.length - 4;
  return [begin, fitting(written(describePromotion(view)), room).join('\n\n'), endMarker].join('\n');
}

interface Region {
  readonly start: number;
  readonly end: number;
}

/** Every whole region of this key: a begin at the start of a line with the next end after it, and no begin between. */
function regionsOf(text: string, key: string): readonly Region[] {
  const markers = [...text.matchAll(/^<!-- model-gitops:(begin promotion key=(\S+) [^\r\n]*?|end) -->/gm)];
  return markers.flatMap((marker, index): Region[] => {
    const next = markers[index + 1];
    if (marker[2] !== key || next?.[1] !== 'end') return [];
    return [{ start: marker.index, end: next.index + next[0].length }];
  });
}

function keyOfBlock(ours: string): string {
  return /^<!-- model-gitops:begin promotion key=(\S+) /.exec(ours)?.[1] ?? '';
}

/** Blocks of a rendered part; what is folded together stays together. */
function chunksOf(content: string): readonly string[] {
  const chunks: string[] = [];
  let isFolded = false;
  for (const piece of content.split('\n\n')) {
    if (isFolded) chunks.push(`${chunks.pop()}\n\n${piece}`);
    else chunks.push(piece);
    isFolded = (isFolded || piece.startsWith('<details>')) && !piece.endsWith('</details>');
  }
  return chunks;
}

/** Where people wrote so much that both do not fit, ours gives way: its last blocks go, its first sentence stays. */
function shortened(ours: string, limit: number): string {
  if (ours.length <= limit) return ours;
  const [begin = '', ...lines] = ours.split('\n');
  const chunks = chunksOf(lines.slice(0, -1).join('\n'));
  const texts = chunks.map((text, index) => ({ rank: index, text }));
  const room = limit - begin.length - endMarker.length - cutNote.length - 4;
  return [begin, fitting(texts, room).join('\n\n'), endMarker].join('\n');
}

/**
 * A body with our part renewed. What people wrote outside the markers stays byte for byte, also markers that have no
 * other half; a second whole region of ours is a copy that nobody keeps up to date, and goes. Without any region ours
 * comes first.
 */
export function mergeBody(existing: string, ours: string): string {
  const regions = regionsOf(existing, keyOfBlock(ours));
  const [first] = regions;
  if (first === undefined) {
    const rest = existing.trim() === '' ? '' : `\n\n${existing}`;
    return `${shortened(ours, bodyLimit - rest.length)}${rest}`;
  }
  const between = regions.map(({ end }, index) => existing.slice(end, regions[index + 1]?.start ?? existing.length));
  const around = existing.length - regions.reduce((size, { start, end }) => size + end - start, 0);
  return `${existing.slice(0, first.start)}${shortened(ours, bodyLimit - around)}${between.join('')}`;
}
