import type { Check, Checks } from '../ports/index.ts';
import { cutText } from './sentences.ts';

export type CheckTexts = Pick<Check, 'title' | 'summary'>;

/**
 * What a forge keeps of the texts of a check. GitHub refuses a body over 65 536 characters and a status over 140, and a
 * status has no summary: compare what is posted with this, not with what was meant.
 */
export function keptTexts(kind: Checks['kind'], { title, summary }: CheckTexts): CheckTexts {
  return kind === 'app'
    ? { title: cutText(title, 250), summary: cutText(summary, 60_000) }
    : { title: cutText(title, 140), summary: '' };
}
